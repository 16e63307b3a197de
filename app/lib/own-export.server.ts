/** An export goes on the record, so it is the person's own: no other site asks for it, and no look ahead. */
export function refuseForeignRead(request: Request): void {
  if (request.method !== 'GET')
    throw new Response(null, { status: 405, headers: { Allow: 'GET' } });
  const site = request.headers.get('Sec-Fetch-Site');
  if (site === null || site === 'same-origin' || site === 'none') return;
  throw new Response('An export is asked for from its page in BQS.', { status: 403 });
}
