import { redirectDocument, type ActionFunctionArgs, type MetaFunction } from '@remix-run/node';
import { refuseCrossSite, unavailable } from '#app/auth/guard.server.ts';
import { signOutPath } from '#app/auth/sign-out.server.ts';
import { SignInPage } from '#app/components/sign-in-page.tsx';
import { Button } from '#app/components/ui/button.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign out · BQS' }];

export async function action({ request }: ActionFunctionArgs) {
  refuseCrossSite(request);
  const path = await signOutPath(request);
  if (path === 'outage') throw unavailable(request);
  return redirectDocument(path ?? '/login');
}

/** Following a link signs nobody out: a prefetch or an image could do it. It asks. */
export default function Logout() {
  return (
    <SignInPage title="Sign out of BQS?">
      <form method="post">
        <Button variant="primary" className="w-full">
          Sign out
        </Button>
      </form>
    </SignInPage>
  );
}
