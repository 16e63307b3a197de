import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadFlow } from '#app/auth/flow.server.ts';
import { requireSignedIn } from '#app/auth/guard.server.ts';
import { FlowGroupForm, FlowMessages } from '#app/components/flow-form.tsx';
import { CookiesNeeded } from '#app/components/sign-in-page.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Your account · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { verifiedEmail } = await requireSignedIn(args);
  const flow = await loadFlow(args.request, 'settings');
  return { ...flow, verified: verifiedEmail !== null };
}

const titles: Record<string, string> = {
  profile: 'Name and e-mail address',
  password: 'Password',
  totp: 'Authenticator app',
  lookup_secret: 'Backup codes',
  passkey: 'Passkeys',
};

export default function Settings() {
  const flow = useLoaderData<typeof loader>();
  if (flow.state === 'no-cookies') return <CookiesNeeded again="/settings" />;
  const groups = [...new Set(flow.view.fields.map(({ group }) => group))];
  return (
    <div className="mx-auto grid w-full max-w-xl gap-5">
      <PageHeader
        title="Your account"
        lead="Roles are not set here: a manager grants them."
        actions={<LinkButton to="/settings/sessions">Where you are signed in</LinkButton>}
      />
      {flow.returnTo === '/' ? null : (
        <Notice tone="info">You are led back as soon as something is saved here.</Notice>
      )}
      <FlowMessages messages={flow.view.messages} />
      {flow.verified ? null : (
        <Notice tone="warning" title="Your e-mail address is not verified">
          A code for it was mailed. <a href="/verification">Enter it, or ask for another</a>: until
          then your address counts for nothing.
        </Notice>
      )}
      {groups
        .filter((group) => group !== 'default')
        .map((group) => (
          <Card key={group} title={titles[group] ?? group}>
            <FlowGroupForm view={flow.view} group={group} />
          </Card>
        ))}
    </div>
  );
}
