import { useEffect, useRef, useState } from 'react';
import { Badge } from '#app/components/ui/badge.tsx';
import { weightSum } from '#app/domain/scorecard-values.ts';

/**
 * What the weights of the form it stands in add up to: as the server read them, and kept true while
 * somebody types. A weight is an input that carries `data-weight`.
 */
export function WeightSum({ initial }: { initial: number }) {
  const shown = useRef<HTMLOutputElement>(null);
  const [sum, setSum] = useState(initial);
  useEffect(() => {
    const form = shown.current?.form;
    if (!form) return;
    const count = () => {
      const inputs = form.querySelectorAll<HTMLInputElement>('input[data-weight]');
      setSum(weightSum([...inputs].map(({ value }) => value)));
    };
    count();
    form.addEventListener('input', count);
    return () => form.removeEventListener('input', count);
  }, []);
  return (
    <span className="flex items-center gap-1.5 text-xs text-muted">
      <span className="max-md:sr-only">Weights add up to</span>
      <output ref={shown}>
        <Badge tone={sum === 100 ? 'good' : 'bad'}>{sum} of 100</Badge>
      </output>
    </span>
  );
}
