import type { SyncFault } from './sync-fault.ts';

const untouched =
  'What the run had written until then stays and is right. The watermark has not moved and nothing was marked as gone, so no change is lost: the next sync reads it.';

const table: Record<SyncFault, [name: string, advice: string]> = {
  credentials: [
    'The CRM refused our credentials',
    'See also whether the CRM has locked the account or its password has run out. Then run the sync again: by itself it tries only at the next scheduled time.',
  ],
  forbidden: [
    'The CRM does not let our account read',
    'Ask the CRM’s administrator to let the account of BQS read all opportunities, or to allow the address it calls from. Then run the sync again.',
  ],
  rejected: [
    'The CRM rejected the request',
    'One of the settings does not fit this CRM: ORACLE_API_VERSION, ORACLE_FINDER or a field’s name. The words above say which; correct it and run the sync again.',
  ],
  redirected: [
    'The CRM sent us elsewhere',
    'Most likely to a login page: check that ORACLE_BASE_URL names the CRM itself and that the account may sign in without a browser.',
  ],
  'unexpected-body': [
    'The CRM answered with something else',
    'The answers were no records, which was tried again several times. A login page, a proxy or a maintenance page may stand in between: open the CRM, then run the sync again.',
  ],
  'nothing-sent': [
    'The CRM sent nothing at all',
    'The CRM’s account has most likely lost sight of the opportunities. Check its role and the finder there, then run a full sync.',
  ],
  'out-of-order': [
    'The CRM’s pages did not follow one another',
    'Records would have been skipped, so the run stopped. If it happens again, something between BQS and the CRM drops the q or the orderBy of the address.',
  ],
  throttled: [
    'The CRM asks for fewer requests',
    'BQS waited as long as the CRM said, several times over. Run the sync at a quieter hour, or lower ORACLE_CONCURRENCY.',
  ],
  unavailable: [
    'The CRM is not available',
    'It may be in maintenance. The next scheduled sync tries again; run one by hand as soon as the CRM is back.',
  ],
  timeout: [
    'The CRM took too long',
    'BQS tried again with smaller pages. If the CRM stays slow, lower ORACLE_PAGE_SIZE or raise ORACLE_TIMEOUT_SECONDS.',
  ],
  network: [
    'The CRM could not be reached',
    'Check the network and the name in ORACLE_BASE_URL. The next scheduled sync tries again.',
  ],
  interrupted: [
    'Interrupted too often',
    'The worker, or its database, went away in the middle of the run again and again. See its log for why: too little memory is the usual cause. Then run the sync again.',
  ],
  database: [
    'Our database refused the work',
    'Look at the database: its disk, its permissions, and whether npm run db:migrate has been run for this version of BQS. Then run the sync again.',
  ],
  broken: [
    'BQS itself broke',
    'This is a fault of BQS, not of the CRM. Pass the words above and the worker’s log on to whoever runs BQS.',
  ],
};

/** What people are told of each fault that ends a run. */
export const faultWords = Object.fromEntries(
  Object.entries(table).map(([fault, [name, advice]]) => [
    fault,
    { name, tone: 'bad' as const, meaning: untouched, advice },
  ]),
) as Record<SyncFault, { name: string; tone: 'bad'; meaning: string; advice: string }>;
