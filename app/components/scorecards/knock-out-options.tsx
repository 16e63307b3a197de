import { formatRating } from '#app/domain/scoring.ts';

const ratings = Array.from({ length: 10 }, (_, index) => formatRating(index + 1));

/** The ratings below which a criterion may force a NO-GO; what was typed stays, though it is none of them. */
export function KnockOutOptions({ typed }: { typed: string }) {
  const known = typed === '' || ratings.includes(typed);
  return (
    <>
      <option value="">None</option>
      {ratings.map((rating) => (
        <option key={rating} value={rating}>
          Below {rating}
        </option>
      ))}
      {known ? null : <option value={typed}>{typed}</option>}
    </>
  );
}
