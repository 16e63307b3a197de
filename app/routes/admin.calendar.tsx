import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { HolidayForm } from '#app/components/holiday-form.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { calendarFormSchema } from '#app/domain/calendar-form.ts';
import { clockTable, clockedStatuses } from '#app/domain/decision-clock.ts';
import { typedOf } from '#app/domain/typed-form.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { env } from '#app/lib/env.server.ts';
import { formatDay, plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listHolidays, workingZone } from '#app/models/working-calendar.server.ts';
import { addHoliday } from '#app/services/add-holiday.server.ts';
import { removeHoliday } from '#app/services/remove-holiday.server.ts';

export const meta: MetaFunction = () => [{ title: 'Calendar · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:calendar');
  return {
    holidays: await listHolidays(db),
    hours: env.WORKING_HOURS,
    zone: workingZone,
    limits: clockedStatuses.map((state) => ({
      name: workflowStatusNames[state],
      hours: clockTable[state].hours,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'manage:calendar');
  const posted = await formDataOf(args.request);
  const typed = typedOf(posted);
  const parsed = calendarFormSchema.safeParse(Object.fromEntries(posted));
  if (!parsed.success) {
    const errors: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= message;
    const message = errors.day ?? errors.name ?? 'That was not understood: nothing was changed.';
    return data({ message, errors, typed }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const form = parsed.data;
  const change = { actor, day: form.day, requestId };
  const outcome =
    form.intent === 'add-holiday'
      ? await addHoliday({ ...change, name: form.name })
      : await removeHoliday(change);
  if (!outcome.ok) return data({ message: outcome.message, errors: {}, typed }, { status: 409 });
  return redirectWithToast('/admin/calendar', { tone: 'good', title: outcome.message });
}

export default function Calendar() {
  const { holidays, hours, zone, limits } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid max-w-4xl gap-5">
      <PageHeader
        title="Calendar"
        lead={`Working time is ${hours} (${zone}). On holidays the decision clock stands still.`}
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <Card title="Working hours each state may take">
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-5">
          {limits.map(({ name, hours: limit }) => (
            <Stat key={name} label={name} value={`${limit} h`} />
          ))}
        </dl>
      </Card>
      <Card title="A holiday more">
        <HolidayForm count={holidays.length} typed={refusal?.typed} errors={refusal?.errors} />
      </Card>
      <Card title={plural(holidays.length, 'holiday')} flush={holidays.length > 0}>
        {holidays.length === 0 ? (
          <EmptyState title="No holidays yet">
            Without any, every day of the working week counts.
          </EmptyState>
        ) : (
          <Holidays />
        )}
      </Card>
    </div>
  );
}

function Holidays() {
  const { holidays } = useLoaderData<typeof loader>();
  return (
    <Table caption="Holidays">
      <thead>
        <tr>
          <Th>Day</Th>
          <Th>Name</Th>
          <Th align="right">
            <span className="sr-only">Action</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {holidays.map(({ day, name }) => (
          <Tr key={day}>
            <Td label="Day">{formatDay(day)}</Td>
            <Td label="Name">{name}</Td>
            <Td align="right">
              <Form method="post">
                <input type="hidden" name="intent" value="remove-holiday" />
                <input type="hidden" name="day" value={day} />
                <Button size="small" aria-label={`Remove ${name}, ${formatDay(day)}`}>
                  Remove
                </Button>
              </Form>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
