import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireSignedIn } from '#app/auth/guard.server.ts';
import { db } from '#app/lib/db.server.ts';
import { listManagerNames } from '#app/models/user.server.ts';
import { AuthLink, SignInPage } from '#app/components/sign-in-page.tsx';
import { Button } from '#app/components/ui/button.tsx';

export const meta: MetaFunction = () => [{ title: 'Welcome · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireSignedIn(args);
  const resume = new URL(args.request.url).searchParams.has('resume');
  if (viewer.roles.length > 0 && !resume) throw redirect('/');
  return {
    resume,
    hasRole: viewer.roles.length > 0,
    verified: viewer.verifiedEmail !== null,
    managers: await listManagerNames(db),
  };
}

export default function Welcome() {
  const { resume, hasRole, verified, managers } = useLoaderData<typeof loader>();
  if (resume && hasRole) {
    return (
      <SignInPage title="You can go on now">
        <p>Close this tab, go back to the page you came from and press “Send again”.</p>
      </SignInPage>
    );
  }
  return (
    <SignInPage title="Welcome to BQS" lead="You are signed in, but hold no role yet.">
      <div className="grid gap-4">
        {managers.length > 0 ? (
          <div className="grid gap-1">
            <p>These people can grant you one:</p>
            <ul className="list-disc pl-5">
              {managers.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </div>
        ) : (
          <p>Nobody is a manager yet. Whoever runs BQS names the first one in its settings.</p>
        )}
        {verified ? null : (
          <p>
            Your e-mail address is not verified yet.{' '}
            <AuthLink to="/verification?return_to=/welcome">Verify it</AuthLink>
          </p>
        )}
        <form action="/logout" method="post">
          <Button>Sign out</Button>
        </form>
      </div>
    </SignInPage>
  );
}
