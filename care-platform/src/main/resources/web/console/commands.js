import * as api from '../parts/api.js';
import { t, term } from '../parts/i18n.js';
import { session } from '../parts/session.js';
import { board } from './board.js';

/**
 * Does one act on an incident, naming the version that the person has seen. True if it was done; else the person has
 * been told why, in the service's words, and sees the incident as it is now.
 */
export async function act(seen, action, body = {}) {
  try {
    await send(seen, action, body);
    return true;
  } catch (problem) {
    const now = problem.body?.incident;
    if (problem.status === 409 && now?.id === seen.id && now.version > seen.version && differences(seen, now).length === 0) {
      return again({ ...seen, version: now.version }, action, body);
    }
    tell(problem, seen);
    return false;
  }
}

/** Nothing that the person could have seen has changed: a colleague only looked, say. */
async function again(seen, action, body) {
  try {
    await send(seen, action, body);
    return true;
  } catch (problem) {
    tell(problem, seen);
    return false;
  }
}

async function send(seen, action, body) {
  const answer = await api.command(`/incidents/${api.segment(seen.id)}/${action}`, { ...body, version: seen.version });
  board.change(answer.incident);
}

/** Says that a person looks at it. It holds nothing, so a failure is nobody's worry. */
export async function saySeen(file) {
  try {
    await send(file, 'seen', {});
  } catch {
    // the next act will say what is wrong
  }
}

/**
 * Takes a case with all of its incidents that the queue shows now; what a colleague holds is taken over only after a
 * second, deliberate press.
 */
export async function take(row) {
  if (heldByOther(row) && !pressedTwice(`take ${row.id}`, t('takeOverAsk', { name: row.takenBy.name }))) {
    return false;
  }
  const others = board.rows().filter((each) => each.caseId === row.caseId && each.id !== row.id);
  const taken = await act(row, 'take', { alsoSeen: others.map(({ id, version }) => ({ id, version })) });
  if (board.row(row.id)) {
    board.open(row.id);
  }
  return taken;
}

export const heldByMe = (row) => row.state === 'TAKEN' && row.takenBy?.id === session.person?.id;

export const heldByOther = (row) => row.state === 'TAKEN' && !heldByMe(row);

/** Opens an incident on a person's word. */
export async function openConcern(subject, words) {
  const row = await api.command('/incidents', { subject, words, kind: 'CONCERN' });
  board.change(row);
  board.open(row.id);
}

const ASKED_FOR_MS = 6_000;
let asked = { what: '', at: 0 };

/** Asks for a second press. The browser's own question would stop the page, and with it the beats that it confirms. */
export function pressedTwice(what, question) {
  if (asked.what === what && Date.now() - asked.at < ASKED_FOR_MS) {
    asked = { what: '', at: 0 };
    board.hush();
    return true;
  }
  asked = { what, at: Date.now() };
  board.say(question, 'ring');
  return false;
}

function tell(problem, before) {
  if (problem.status === 404 && before) {
    board.gone(before.id);
    return;
  }
  const now = problem.body?.incident;
  if (now) {
    board.change(now);
  }
  const lead = problem.unreachable ? t('unreachable') : problem.status === 409 ? t('changedMeanwhile') : t('refused');
  const changes = now && now.id === before?.id ? differences(before, now) : [];
  board.say([lead, problem.message, ...changes].filter(Boolean).join(' '), 'problem');
}

function differences(before, now) {
  const found = [];
  if (before.state !== now.state) {
    found.push(t('changedState', { state: term('state', now.state) }));
  }
  if (before.takenBy?.id !== now.takenBy?.id && now.takenBy) {
    found.push(t('changedHolder', { name: now.takenBy.name }));
  }
  if (before.joined !== now.joined) {
    found.push(t('changedJoined', { count: now.joined }));
  }
  if (!before.ring && now.ring && now.state === 'TAKEN') {
    found.push(t('ringsAgain'));
  }
  if (before.priority !== now.priority) {
    found.push(t('changedPriority', { priority: now.priority }));
  }
  return found;
}
