/** A table of radio buttons: a row a topic, a column a way to get it by mail. */
export function MailChoices({
  topics,
  choices,
}: {
  topics: { value: string; label: string; chosen: string }[];
  choices: { value: string; label: string }[];
}) {
  return (
    <div className="divide-y">
      {topics.map(({ value: topic, label, chosen }) => (
        <fieldset
          key={topic}
          className="grid gap-x-6 gap-y-1.5 px-4 py-3 md:grid-cols-[16rem_1fr] md:items-center"
        >
          <legend className="float-left font-medium max-md:mb-1.5 md:contents">
            <span>{label}</span>
          </legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1.5">
            {choices.map((choice) => (
              <label key={choice.value} className="inline-flex min-h-6 items-center gap-2">
                <input
                  type="radio"
                  name={topic}
                  value={choice.value}
                  defaultChecked={choice.value === chosen}
                  className="size-4 accent-accent"
                />
                {choice.label}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
