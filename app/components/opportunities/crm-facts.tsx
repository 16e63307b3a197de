import type { ReactNode } from 'react';
import { Amount, CrmText, NotSet } from '#app/components/crm-value.tsx';
import { Moment } from '#app/components/time.tsx';
import type { OpportunityListItem } from '#app/domain/opportunity.ts';
import { formatDay } from '#app/lib/format.ts';

/** Everything the CRM says of an opportunity; what it does not say is shown as not said. */
export function CrmFacts({ opportunity: o }: { opportunity: OpportunityListItem }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 xl:grid-cols-3">
      <Fact name="Account">
        <CrmText value={o.customer} />
      </Fact>
      <Fact name="Number">
        <CrmText value={o.remoteNumber} />
      </Fact>
      <Fact name="Practice">
        <CrmText value={o.practice} />
      </Fact>
      <Fact name="GEO">
        <CrmText value={o.geo} />
      </Fact>
      <Fact name="Region">
        <CrmText value={o.region} />
      </Fact>
      <Fact name="Sector">
        <CrmText value={o.sector} />
      </Fact>
      <Fact name="Sales stage">
        <CrmText value={o.stage} />
      </Fact>
      <Fact name="CRM status">
        <CrmText value={o.crmStatus} />
      </Fact>
      <Fact name="Amount">
        <Amount value={o.dealValue} currency={o.currency} />
      </Fact>
      <Fact name="Currency">
        <CrmText value={o.currency} />
      </Fact>
      <Fact name="CRM win probability">
        {o.winProbability === null ? <NotSet /> : `${o.winProbability} %`}
      </Fact>
      <Fact name="Close date">{o.closeDate === null ? <NotSet /> : formatDay(o.closeDate)}</Fact>
      <Fact name="Sales owner">
        <CrmText value={o.salesOwner} />
        {o.salesOwnerEmail ? (
          <span className="block text-xs text-muted">{o.salesOwnerEmail}</span>
        ) : null}
      </Fact>
      <Fact name="CRM id">
        <span className="select-all">{o.remoteId}</span>
      </Fact>
      <Fact name="Created in CRM">
        <Instant at={o.crmCreatedAt} />
      </Fact>
      <Fact name="Updated in CRM">
        <Instant at={o.crmUpdatedAt} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Instant({ at }: { at: Date | null }) {
  return at === null ? <NotSet /> : <Moment at={at} />;
}
