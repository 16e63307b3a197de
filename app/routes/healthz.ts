/** The process answers; nothing beyond it is asked. */
export function loader() {
  return Response.json({ status: 'ok' });
}
