import type { QualificationForm } from '#app/domain/qualification-form.ts';
import { assignOpportunity } from './assign-opportunity.server.ts';
import { confirmAssessment } from './confirm-assessment.server.ts';
import { decide } from './decide.server.ts';
import { decline } from './decline.server.ts';
import { holdOpportunity } from './hold-opportunity.server.ts';
import type { Acting, Outcome } from './qualify.server.ts';
import { recommend } from './recommend.server.ts';
import { renewAssessment } from './renew-assessment.server.ts';
import { reopenOpportunity } from './reopen-opportunity.server.ts';
import { resumeOpportunity } from './resume-opportunity.server.ts';
import { returnAssessment } from './return-assessment.server.ts';
import { startAssessment } from './start-assessment.server.ts';

/** Does what a button of the qualification asks for. */
export function actOnOpportunity(
  by: Omit<Acting, 'revision'>,
  form: QualificationForm,
): Promise<Outcome> {
  const acting = { ...by, revision: form.revision };
  switch (form.intent) {
    case 'assign':
      return assignOpportunity(acting, form.assessorId);
    case 'start':
      return startAssessment(acting);
    case 'still-holds':
      return confirmAssessment(acting, form.assessmentId);
    case 'renew':
      return renewAssessment(acting, form.assessmentId);
    case 'return':
      return returnAssessment(acting, form);
    case 'recommend':
      return recommend(acting, form);
    case 'decide':
      return decide(acting, form);
    case 'decline':
      return decline(acting, form.reason);
    case 'hold':
      return holdOpportunity(acting, form);
    case 'resume':
      return resumeOpportunity(acting);
    case 'reopen':
      return reopenOpportunity(acting, form.reason);
  }
}
