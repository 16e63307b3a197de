import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireViewer } from '#app/auth/guard.server.ts';
import { Card } from '#app/components/ui/card.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { mayCall, operations } from '#app/domain/api-operations.ts';
import { env } from '#app/lib/env.server.ts';

export const meta: MetaFunction = () => [{ title: 'API · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  await requireViewer(args);
  return { server: env.APP_URL, operations: operations.map(describe) };
}

/** As plain data, so that the schemas behind it stay out of the browser's script. */
function describe(operation: (typeof operations)[number]) {
  return {
    name: `${operation.method.toUpperCase()} ${operation.path}`,
    summary: operation.summary,
    roles: mayCall(operation),
    body: operation.body,
    parameters: operation.parameters.map(({ name, description, schema }) => ({
      name,
      description,
      choices: (schema.enum ?? schema.items?.enum ?? []).filter(Boolean),
    })),
    answers: operation.answers,
  };
}
type Description = ReturnType<typeof describe>;

export default function Docs() {
  const { server, operations } = useLoaderData<typeof loader>();
  return (
    <div className="space-y-6">
      <PageHeader
        title="API"
        lead={
          <>
            Everything here is also described in{' '}
            <a href="/docs/openapi.json" className="underline">
              OpenAPI 3.1
            </a>
            . Errors come as problem JSON, whose <code>detail</code> is written for a person.
          </>
        }
      />
      <Card title="Signing in">
        <p>
          A browser that is signed in to BQS may call the API as it is. A program sends an Ory
          session token as a bearer token. It reads what its owner may read in the pages, and
          nothing else.
        </p>
        <pre className="mt-3 overflow-x-auto text-sm">
          {`curl -H "Authorization: Bearer $TOKEN" "${server}/api/opportunities?limit=100"`}
        </pre>
      </Card>
      {operations.map((operation) => (
        <OperationCard key={operation.name} operation={operation} />
      ))}
    </div>
  );
}

function OperationCard({ operation }: { operation: Description }) {
  return (
    <Card title={<code>{operation.name}</code>}>
      <p>
        {operation.summary}. <span className="text-muted">For: {operation.roles}.</span>
      </p>
      {operation.body && <p className="mt-2">{bodies[operation.body] ?? null}</p>}
      {operation.parameters.length > 0 && <Parameters operation={operation} />}
      <dl className="mt-4 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        {Object.entries(operation.answers).map(([status, { words }]) => (
          <div key={status} className="contents">
            <dt className="tabular-nums">{status}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const bodies: Record<string, string> = {
  SyncRequest: 'Takes {"mode":"full"} or {"mode":"incremental"}.',
  RoleChange: 'Takes {"role":"SALES","action":"grant"}; action may also be "revoke".',
};

function Parameters({ operation }: { operation: Description }) {
  return (
    <Table caption={`Parameters of ${operation.name}`} className="mt-4">
      <thead>
        <tr>
          <Th>Parameter</Th>
          <Th>Meaning</Th>
          <Th>One of</Th>
        </tr>
      </thead>
      <tbody>
        {operation.parameters.map((parameter) => (
          <Tr key={parameter.name}>
            <Td label="Parameter">
              <code>{parameter.name}</code>
            </Td>
            <Td label="Meaning">{parameter.description}</Td>
            <Td label="One of">{parameter.choices.join(', ')}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
