import { redirectDocument, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadFlow } from '#app/auth/flow.server.ts';
import { optionalViewer } from '#app/auth/guard.server.ts';
import { safeReturnTo } from '#app/auth/return-to.ts';
import { FlowForm, FlowGroupForms } from '#app/components/flow-form.tsx';
import { AuthLink, CookiesNeeded, SignInPage } from '#app/components/sign-in-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  // A signed-in person comes here with a flow only to confirm who they are. Asked afresh: a session that
  // is remembered and gone would lead round in a circle.
  if (!searchParams.has('flow') && (await optionalViewer(args, { fresh: true })).signedIn) {
    throw redirectDocument(safeReturnTo(searchParams.get('return_to')));
  }
  return loadFlow(args.request, 'login');
}

export default function Login() {
  const flow = useLoaderData<typeof loader>();
  if (flow.state === 'no-cookies') return <CookiesNeeded again="/login" />;
  const secondFactor = flow.level === 'aal2';
  // In a login of two steps the address was asked for first. It is changed by beginning again.
  const named = flow.view.fields.some(
    ({ kind, group }) => kind === 'settled' && group === 'identifier_first',
  );
  const carry = new URLSearchParams({ return_to: flow.returnTo });
  return (
    <SignInPage
      title={secondFactor ? 'Second factor' : flow.refresh ? 'Confirm that it is you' : 'Sign in'}
      lead="Decide which opportunities are worth a bid."
      footer={
        secondFactor ? (
          <p>
            Not you? <AuthLink to="/logout">Sign out</AuthLink>
          </p>
        ) : (
          <>
            {named ? (
              <p>
                Not your address? <AuthLink to={`/login?${carry}`}>Use another one</AuthLink>
              </p>
            ) : null}
            <p>
              New here? <AuthLink to={`/registration?${carry}`}>Create an account</AuthLink>
            </p>
            <p>
              Forgotten the password? <AuthLink to={`/recovery?${carry}`}>Recover access</AuthLink>
            </p>
          </>
        )
      }
    >
      {secondFactor ? <FlowGroupForms view={flow.view} /> : <FlowForm view={flow.view} />}
    </SignInPage>
  );
}
