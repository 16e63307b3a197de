import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Moment } from '#app/components/time.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';

export interface NoSheetProps {
  path: string;
  status: WorkflowStatus;
  stateName: string;
  gone: boolean;
  /** The name of whoever is assigned. */
  assignedTo: string | null;
  draft: { version: number; startedAt: Date } | null;
  submitted: { version: number } | null;
}

/** Why there is no sheet to fill in here, and what there is instead. */
export function NoSheet(props: NoSheetProps) {
  const { title, words } = reasonOf(props);
  const { path, submitted } = props;
  return (
    <Card flush>
      <EmptyState
        title={title}
        action={
          <>
            {submitted ? (
              <Link to={`${path}/assessments/${submitted.version}`} className="link">
                Read version {submitted.version}
              </Link>
            ) : null}
            <Link to={path} className="link">
              Back to the opportunity
            </Link>
          </>
        }
      >
        {words}
      </EmptyState>
    </Card>
  );
}

function reasonOf(props: NoSheetProps): { title: string; words: ReactNode } {
  const { status, stateName, gone, assignedTo, draft } = props;
  if (gone) {
    return {
      title: 'The opportunity is gone from the CRM',
      words: 'What is on record is kept, and nothing can be filled in until it comes back.',
    };
  }
  switch (status) {
    case 'NEW':
      return {
        title: 'Nobody is assigned yet',
        words:
          'A practice head or a manager assigns a solution architect, who then opens the sheet.',
      };
    case 'ASSIGNED':
      return {
        title: `${assignedTo ?? 'An architect'} is to assess it`,
        words: 'The sheet has not been opened. It can be read here once it is submitted.',
      };
    case 'IN_ASSESSMENT':
      return {
        title: `${assignedTo ?? 'An architect'} is assessing it`,
        words: draft ? (
          <>
            Version {draft.version} was begun on <Moment at={draft.startedAt} />. It can be read
            here once it is submitted.
          </>
        ) : null,
      };
    default:
      return {
        title: `In the state ${stateName} there is no sheet to fill in`,
        words:
          'What was submitted stays as it is. A new version begins when it is returned or reopened.',
      };
  }
}

/** The way into a sheet for whoever is assigned. */
export function StartSheet({ revision, version }: { revision: number; version: number }) {
  return (
    <Card flush>
      <EmptyState
        title={version === 1 ? 'The sheet is yours to open' : `Version ${version} is yours to open`}
        action={
          <Form method="post">
            <input type="hidden" name="revision" value={revision} />
            <Button variant="primary" name="intent" value="start">
              Open the sheet
            </Button>
          </Form>
        }
      >
        From then on the opportunity is in assessment. You can leave and come back: what you fill in
        is kept as a draft until you submit it.
      </EmptyState>
    </Card>
  );
}
