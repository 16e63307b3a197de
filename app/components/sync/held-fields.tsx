import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** Where to decide about a run that is held because a field vanished. */
export function HeldFields() {
  return (
    <Notice tone="info" title="What we have of the field is untouched">
      <p className="max-w-prose">
        Say on the page Fields how to go on without what vanished. If the CRM shows it again, the
        next full sync runs by itself.
      </p>
      <LinkButton to="/sync/fields" size="small" className="mt-2 justify-self-start">
        Decide on the fields
      </LinkButton>
    </Notice>
  );
}
