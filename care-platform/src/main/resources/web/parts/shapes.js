import { html, svg } from 'lit';
import { t } from './i18n.js';

const OUTLINES = {
  P0: svg`<polygon points="15,2 33,2 46,15 46,33 33,46 15,46 2,33 2,15"/>`,
  P1: svg`<polygon points="24,1 48,45 0,45"/>`,
  P2: svg`<polygon points="24,1 47,24 24,47 1,24"/>`,
  P3: svg`<rect x="4" y="4" width="40" height="40" rx="6"/>`,
  P4: svg`<circle cx="24" cy="24" r="21"/>`,
};

/** A priority as colour, shape and text at once: octagon, triangle, diamond, square, circle. */
export const priorityMark = (priority) => html`<svg class="mark ${priority}" viewBox="0 0 48 48" role="img"
    aria-label=${t(`priority.${priority}`)}>${OUTLINES[priority]}<text x="24" y=${priority === 'P1' ? 41 : 31}
    text-anchor="middle">${priority}</text></svg>`;
