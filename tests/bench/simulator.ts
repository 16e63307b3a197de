// Its own process, so that the time the CRM takes is not counted as ours.
import { startCrmSimulator } from '#dev/crm/server.ts';

const crm = await startCrmSimulator({ opportunities: Number(process.argv[2]) });
process.send?.({ url: crm.url, size: crm.dataset.size });
process.once('disconnect', () => process.exit(0));
