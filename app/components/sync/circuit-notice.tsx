import type { Circuit } from '#app/domain/circuit.ts';
import { circuitAdvice } from '#app/domain/circuit-words.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** Says that scheduled syncs are held off the CRM: since when, why, until when, and what to do. */
export function CircuitNotice({
  circuit,
  triesAt,
}: {
  circuit: Circuit;
  /** When the first scheduled sync tries again. */
  triesAt: Date | null;
}) {
  if (circuit.state === 'closed') return null;
  const { since, until, failures, fault } = circuit;
  const { why, todo } = circuitAdvice(fault);
  const open = circuit.state === 'open';
  return (
    <Notice
      tone={open ? 'bad' : 'warning'}
      title={open ? 'Scheduled syncs are paused' : 'The next scheduled sync tries the CRM again'}
    >
      <p className="max-w-[100ch] text-pretty">
        {failures} syncs in a row have failed, the last because {why}.{' '}
        {open ? (
          <>
            Since <Moment at={since} /> none is begun by the clock before <Moment at={until} />
            {triesAt ? (
              <>
                ; the one due <Moment at={triesAt} /> tries again
              </>
            ) : null}
            .
          </>
        ) : triesAt ? (
          <>
            The pause since <Moment at={since} /> is over; the sync due <Moment at={triesAt} />{' '}
            shows whether it ends for good.
          </>
        ) : null}
      </p>
      <p className="max-w-[100ch] text-pretty">
        {todo} A sync that a person starts goes through at once, and its success ends the pause.
      </p>
    </Notice>
  );
}
