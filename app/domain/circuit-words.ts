/** Why syncs fail and what to do about it, by the kind of fault the CRM met us with. */
const advice: Record<string, { why: string; todo: string }> = {
  credentials: {
    why: 'the CRM refuses our credentials',
    todo: 'Correct the account or the OAuth client in the settings first: one that is refused too often gets locked.',
  },
  forbidden: {
    why: 'the CRM does not let our account read opportunities',
    todo: 'Have its role or its network access changed in the CRM first.',
  },
  rejected: {
    why: 'the CRM rejects what we ask for',
    todo: 'Check the API version, the finder and the fields in the settings.',
  },
  redirected: {
    why: 'the CRM sends us to another address, most likely a login page',
    todo: 'Check ORACLE_BASE_URL and the credentials.',
  },
  'unexpected-body': {
    why: 'the CRM answers with something that is no list of opportunities',
    todo: 'See whether it is being serviced, or whether a proxy answers in its place.',
  },
  'out-of-order': {
    why: 'the CRM ignores the order or the filter we ask for',
    todo: 'Check the API and framework version in the settings.',
  },
  throttled: {
    why: 'the CRM says that we ask too often',
    todo: 'Lower ORACLE_CONCURRENCY, or sync less often.',
  },
  unavailable: { why: 'the CRM is not available', todo: 'See whether it is being serviced.' },
  timeout: {
    why: 'the CRM takes too long to answer',
    todo: 'Lower ORACLE_PAGE_SIZE, or see whether the CRM is overloaded.',
  },
  network: {
    why: 'the CRM cannot be reached',
    todo: 'Check the network between BQS and the CRM.',
  },
};

/** The words for a fault, also for one that is not known. */
export function circuitAdvice(fault: string): { why: string; todo: string } {
  return (
    advice[fault] ?? { why: 'the CRM gives nothing usable', todo: 'Look at the run that failed.' }
  );
}
