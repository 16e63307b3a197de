import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { proxyToOry } from '#app/auth/proxy.server.ts';

// Open to everybody: signing in happens here. Which paths pass is decided in auth/proxy-path.ts.
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  proxyToOry(request, addressOf(context));
export const action = ({ request, context }: ActionFunctionArgs) =>
  proxyToOry(request, addressOf(context));

function addressOf({ clientAddress }: LoaderFunctionArgs['context']): string | undefined {
  // An IPv4 address comes wrapped where the socket speaks IPv6.
  return typeof clientAddress === 'string' ? clientAddress.replace(/^::ffff:/, '') : undefined;
}
