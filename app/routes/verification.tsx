import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadFlow } from '#app/auth/flow.server.ts';
import { FlowForm } from '#app/components/flow-form.tsx';
import { AuthLink, CookiesNeeded, SignInPage } from '#app/components/sign-in-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Verify your address · BQS' }];

export async function loader({ request }: LoaderFunctionArgs) {
  return loadFlow(request, 'verification');
}

export default function Verification() {
  const flow = useLoaderData<typeof loader>();
  if (flow.state === 'no-cookies') return <CookiesNeeded again="/verification" />;
  return (
    <SignInPage
      title="Verify your e-mail address"
      lead="BQS counts an address as yours once you have entered the code sent to it."
      footer={
        <p>
          <AuthLink to={flow.returnTo}>Go on to BQS</AuthLink>
        </p>
      }
    >
      <FlowForm view={flow.view} />
    </SignInPage>
  );
}
