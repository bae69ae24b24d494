import { html, nothing } from 'lit';
import * as api from './api.js';
import { clock } from './clock.js';
import { i18n, t } from './i18n.js';
import { Part } from './part.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const POINTS = 480;
const GAP_MS = 20 * 60 * 1000;

/** Heart rate of the last 24 hours as a line, with the resident's own limits where they are known; gaps stay gaps. */
class HeartRateChart extends Part {
  static properties = {
    subject: {}, heading: {}, limits: { attribute: false }, series: { state: true }, problem: { state: true },
  };
  #chart = null;
  #drawn = null;
  #size = new ResizeObserver(() => this.#chart?.resize());

  render() {
    const last = this.series?.at(-1);
    return html`<section class="chart-box" aria-labelledby="chart-${this.subject}">
      <h3 id="chart-${this.subject}">${t('heartRate')} ${this.heading}
        ${last ? html`<span class="last">${t('lastReading', { value: Math.round(last.value), at: time(last.at) })}</span>` : nothing}</h3>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.series?.length === 0 ? html`<p class="empty">${t('noReadings')}</p>` : nothing}
      <div class="chart" role="img" aria-label=${this.#spoken()} ?hidden=${!this.series?.length}></div>
    </section>`;
  }

  willUpdate(changes) {
    if (changes.has('subject')) {
      this.series = null;
      this.#load(this.subject);
    }
  }

  updated() {
    if (this.series?.length) {
      this.#draw();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
    this.#drawn = null;
  }

  async #load(subject) {
    const to = clock.now();
    const range = `from=${new Date(to - DAY_MS).toISOString()}&to=${new Date(to).toISOString()}&limit=${POINTS}`;
    try {
      const answer = await api.get(`/subjects/${api.segment(subject)}/readings?signal=heartRate&${range}`);
      if (subject === this.subject) {
        this.series = answer.items;
      }
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }

  async #draw() {
    const state = [this.series, this.limits, i18n.language];
    if (this.#drawn && this.#drawn.every((each, index) => each === state[index])) {
      return;
    }
    this.#drawn = state;
    const echarts = await import('echarts');
    const box = this.querySelector('.chart');
    if (!box) {
      return;
    }
    if (!this.#chart) {
      this.#chart = echarts.init(box, null, { renderer: 'canvas' });
      this.#size.observe(box);
    }
    this.#chart.setOption(options(this.series, this.limits), true);
  }

  #spoken() {
    const values = (this.series ?? []).map((point) => point.value);
    return values.length === 0 ? t('noReadings') : t('chartSpoken', {
      low: Math.round(Math.min(...values)), high: Math.round(Math.max(...values)), last: Math.round(values.at(-1)),
    });
  }
}

const time = (iso) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });

/** Points, with a hole where nothing was heard for a while. */
function points(series) {
  const out = [];
  let before = null;
  for (const { at, value } of series) {
    const when = Date.parse(at);
    if (before !== null && when - before > GAP_MS) {
      out.push([before + 1, null]);
    }
    out.push([when, value]);
    before = when;
  }
  return out;
}

const limit = (value, name) => ({
  yAxis: value, name, lineStyle: { color: '#b00020', type: 'dashed', width: 2 },
  label: { formatter: `${name} ${value}`, position: 'insideStartTop', color: '#b00020', fontSize: 15, fontWeight: 'bold' },
});

/** The alarm limits as lines, the band between the watch limits as a shade. */
const marks = (limits) => ({
  markLine: {
    silent: true, symbol: 'none', data: [limit(limits.heartRateHigh, t('limitHigh')), limit(limits.heartRateLow, t('limitLow'))],
  },
  markArea: {
    silent: true, itemStyle: { color: 'rgba(11, 79, 108, 0.07)' },
    data: [[{ yAxis: limits.heartRateWatchLow }, { yAxis: limits.heartRateWatchHigh }]],
  },
});

function options(series, limits) {
  const values = series.map((point) => point.value);
  const text = { color: '#14181f', fontSize: 15 };
  return {
    animation: false,
    grid: { left: 46, right: 14, top: 16, bottom: 30 },
    tooltip: { trigger: 'axis', renderMode: 'richText', textStyle: { fontSize: 16 }, valueFormatter: (value) => `${Math.round(value)}` },
    xAxis: { type: 'time', axisLabel: { ...text, formatter: '{HH}:{mm}', hideOverlap: true }, min: clock.now() - DAY_MS, max: clock.now() },
    yAxis: {
      type: 'value', axisLabel: text, splitLine: { lineStyle: { color: '#dfe4ea' } },
      min: Math.floor((Math.min(limits?.heartRateLow ?? 50, ...values) - 8) / 10) * 10,
      max: Math.ceil((Math.max(limits?.heartRateHigh ?? 100, ...values) + 8) / 10) * 10,
    },
    series: [{
      type: 'line', data: points(series), showSymbol: false, connectNulls: false,
      lineStyle: { width: 2.5, color: '#0b4f6c' }, itemStyle: { color: '#0b4f6c' },
      ...(limits ? marks(limits) : {}),
    }],
  };
}

customElements.define('heart-rate-chart', HeartRateChart);
