import { signatureParts } from '#app/domain/mandate.ts';
import { Badge } from './ui/badge.tsx';

/** Who did something; for whom, where a stand-in did it, is a mark of its own that no name can look like. */
export function SignedName({ name }: { name: string }) {
  const parts = signatureParts(name);
  if (parts.absent === null) return <bdi>{name}</bdi>;
  return (
    <>
      <bdi>{parts.name}</bdi>{' '}
      <Badge className="max-w-full font-normal! wrap-anywhere whitespace-normal!">
        <span>
          stands in for <bdi>{parts.absent}</bdi>
        </span>
      </Badge>
    </>
  );
}
