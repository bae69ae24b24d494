import { i18n } from '../parts/i18n.js';
import { session } from '../parts/session.js';
import { board } from './board.js';
import { heldByOther, take } from './commands.js';
import { sound } from './sound.js';

const TYPING = 'input:not([type=checkbox]), textarea, select';

/** The keyboard of the whole page. Letters act only while nobody is typing and no dialog is open. */
export function handleKeys(page) {
  addEventListener('keydown', (event) => {
    if (session.state !== 'in' || !session.staff || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (page.querySelector('dialog[open]')) {
      return;
    }
    if (event.key === 'Escape') {
      page.querySelector('case-view').fold();
    } else if (!event.target.closest(TYPING) && press(page, event)) {
      event.preventDefault();
    }
  });
}

function press(page, event) {
  const queue = page.querySelector('incident-queue');
  const view = page.querySelector('case-view');
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const acts = {
    ArrowDown: () => queue.move(1),
    ArrowUp: () => queue.move(-1),
    t: () => takeSelected(),
    g: () => takeMostUrgent(queue),
    o: () => board.open(board.selected),
    i: () => page.wishConcern(),
    m: () => sound.wanted.length > 0 && sound.mute(),
    l: () => i18n.change(),
    '?': () => page.querySelector('keys-dialog').show(),
    c: () => view.unfold('call'),
    n: () => view.unfold('note'),
    d: () => view.unfold('dispatch'),
    x: () => view.unfold('close'),
  };
  if (key === 'Enter') {
    return pressEnter(event);
  }
  if (/^[1-9]$/.test(key)) {
    return view.callContact(Number(key));
  }
  if (!(key in acts)) {
    return false;
  }
  acts[key]();
  return true;
}

/** Enter takes the selected row; on a button or a link elsewhere it keeps its own meaning. */
function pressEnter(event) {
  const control = event.target.closest('button, a, summary, [role=switch]');
  if (control && !control.classList.contains('row')) {
    return false;
  }
  const row = board.row(board.selected);
  if (!row) {
    return false;
  }
  if (row.state === 'TAKEN' && !row.ring) {
    board.open(row.id);
  } else {
    take(row);
  }
  return true;
}

function takeSelected() {
  const row = board.row(board.selected);
  if (row && (row.state !== 'TAKEN' || heldByOther(row) || row.ring)) {
    take(row);
  } else if (row) {
    board.open(row.id);
  }
}

function takeMostUrgent(queue) {
  const row = board.ringing()[0];
  if (row) {
    queue.focusRow(row);
    take(row);
  }
}
