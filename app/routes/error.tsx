import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readFlowError } from '#app/auth/flow-error.server.ts';
import { unavailable } from '#app/auth/guard.server.ts';
import { AuthLink, SignInPage } from '#app/components/sign-in-page.tsx';

export const meta: MetaFunction = () => [{ title: 'That did not work · BQS' }];

/** Where the identity server sends a browser that it cannot answer otherwise. */
export async function loader({ request }: LoaderFunctionArgs) {
  const error = await readFlowError(new URL(request.url).searchParams.get('id'));
  if (!error) throw unavailable(request);
  return data({ title: error.title, words: error.words }, { status: error.status });
}

export default function SignInError() {
  const { title, words } = useLoaderData<typeof loader>();
  return (
    <SignInPage title={title} footer={<AuthLink to="/">Go to BQS</AuthLink>}>
      <p>{words}</p>
    </SignInPage>
  );
}
