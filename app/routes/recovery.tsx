import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadFlow } from '#app/auth/flow.server.ts';
import { FlowForm } from '#app/components/flow-form.tsx';
import { AuthLink, CookiesNeeded, SignInPage } from '#app/components/sign-in-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Recover access · BQS' }];

export async function loader({ request }: LoaderFunctionArgs) {
  return loadFlow(request, 'recovery');
}

export default function Recovery() {
  const flow = useLoaderData<typeof loader>();
  if (flow.state === 'no-cookies') return <CookiesNeeded again="/recovery" />;
  const asksCode = flow.view.fields.some(({ name }) => name === 'code');
  return (
    <SignInPage
      title={asksCode ? 'Enter your code' : 'Recover access'}
      lead={
        asksCode
          ? 'The one you were sent or given. With it you come in, and choose a password then.'
          : 'A code is sent to your e-mail address; with it you choose a new password.'
      }
      footer={
        <p>
          Remembered it? <AuthLink to="/login">Sign in</AuthLink>
        </p>
      }
    >
      <FlowForm view={flow.view} />
    </SignInPage>
  );
}
