import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { proxyToOry } from '#app/auth/proxy.server.ts';

// Open to everybody: signing in happens here. Which paths pass is decided in auth/proxy-path.ts.
export const loader = (args: LoaderFunctionArgs) => proxyToOry(args);
export const action = (args: ActionFunctionArgs) => proxyToOry(args);
