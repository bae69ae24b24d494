import { i18n, t, term } from '../parts/i18n.js';

/** One entry of the story as a sentence; in the service's own words where the page has none for its kind. */
export function sentence(entry, incident) {
  const data = entry.data ?? {};
  const by = who(entry.by, incident);
  const key = `story.${entry.kind}`;
  if (!i18n.has(key)) {
    return [by, entry.text].filter(Boolean).join(' · ');
  }
  const text = t(key, {
    by,
    text: entry.text ?? '',
    kind: term('kind', data.kind),
    step: term('step', data.step),
    state: term('dispatch', data.state),
    outcome: term('outcome', data.outcome),
    number: data.number ?? '',
    name: data.name ?? '',
    device: data.device ?? '',
    code: data.disposition ?? '',
  });
  return text.trim();
}

function who(by, incident) {
  if (!by) {
    return t('system');
  }
  if (typeof by === 'object') {
    return by.name ?? by.id;
  }
  return by === incident.takenBy?.id ? incident.takenBy.name : by;
}
