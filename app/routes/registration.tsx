import { redirectDocument, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadFlow } from '#app/auth/flow.server.ts';
import { optionalViewer } from '#app/auth/guard.server.ts';
import { safeReturnTo } from '#app/auth/return-to.ts';
import { FlowForm } from '#app/components/flow-form.tsx';
import { AuthLink, CookiesNeeded, SignInPage } from '#app/components/sign-in-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Create an account · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  if ((await optionalViewer(args)).signedIn) {
    const { searchParams } = new URL(args.request.url);
    throw redirectDocument(safeReturnTo(searchParams.get('return_to')));
  }
  return loadFlow(args.request, 'registration');
}

export default function Registration() {
  const flow = useLoaderData<typeof loader>();
  if (flow.state === 'no-cookies') return <CookiesNeeded again="/registration" />;
  const carry = new URLSearchParams({ return_to: flow.returnTo });
  return (
    <SignInPage
      title="Create an account"
      lead="An account alone opens nothing: a manager then grants you a role."
      footer={
        <p>
          Have one already? <AuthLink to={`/login?${carry}`}>Sign in</AuthLink>
        </p>
      }
    >
      <FlowForm view={flow.view} />
    </SignInPage>
  );
}
