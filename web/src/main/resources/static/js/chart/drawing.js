// @ts-check
/** How a line's traffic is drawn: one theme from the style's tokens, zero at the bottom, missing is a break. */
import {clock, dayAndClock, plain, rate} from '../figures.js';
import {t} from '../words.js';

/**
 * @param {import('../elements/line-chart.js').Traffic} traffic
 * @param {{speed: number|null, asked: number|null}} lines bit/s
 * @param {{style: CSSStyleDeclaration, narrow: boolean}} look where the tokens are in force, and whether the legend needs lines
 * @returns {any} ECharts' option
 */
export function drawing(traffic, lines, look) {
  const style = look.style;
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const theme = {ink: token('--ink'), soft: token('--ink-soft'), rule: token('--rule'), accent: token('--accent'), paper: token('--paper')};
  const shown = levels(traffic, lines);
  const series = [
    {
      ...curve(t('line.in'), traffic.into, 'mean', {color: theme.accent, width: 1.5, type: 'solid'}),
      markLine: marks(lines, shown, theme),
      markArea: lessons(traffic.into, theme),
    },
    curve(t('chart.p95', {what: t('line.in')}), traffic.into, 'p95', {color: theme.accent, width: 1, type: 'dotted'}),
    curve(t('line.out'), traffic.out, 'mean', {color: theme.soft, width: 1.5, type: 'solid'}),
    curve(t('chart.p95', {what: t('line.out')}), traffic.out, 'p95', {color: theme.soft, width: 1, type: 'dotted'}),
    ...dots(t('chart.tests'), traffic.tests.filter((test) => test.counts), 'diamond', {color: theme.ink}),
    ...dots(t('chart.asked.tests'), traffic.tests.filter((test) => !test.counts), 'emptyDiamond', {color: theme.ink}),
  ];
  return {
    animation: false,
    textStyle: {fontFamily: style.fontFamily, fontSize: 13, color: theme.ink},
    grid: {left: 8, right: 12, top: look.narrow ? 68 : 40, bottom: 4, containLabel: true},
    legend: {
      top: 0, left: 0, itemWidth: 24, itemHeight: 8, itemStyle: {opacity: 0}, textStyle: {color: theme.ink, fontSize: 13},
      data: series.map(({name, type}) => (type === 'scatter' ? {name, itemStyle: {opacity: 1}} : {name})),
    },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: theme.paper, borderColor: theme.rule, borderWidth: 1,
      textStyle: {color: theme.ink, fontSize: 13}, axisPointer: {lineStyle: {color: theme.soft}},
      formatter: (/** @type {any[]} */ hits) => tip(hits, traffic),
    },
    xAxis: {
      type: 'time', axisLine: {lineStyle: {color: theme.rule}}, axisTick: {show: false}, splitLine: {show: false},
      axisLabel: {color: theme.soft, hideOverlap: true, formatter: (/** @type {number} */ at) => (traffic.days === 1 ? clock(at) : dayAndClock(at).slice(0, 5))},
    },
    yAxis: {
      type: 'value', min: 0, max: shown.top, interval: shown.step, splitLine: {lineStyle: {color: theme.rule}},
      axisLabel: {color: theme.soft, formatter: (/** @type {number} */ bits) => plain(bits / 1e6)},
    },
    series,
  };
}

/** How high the axis goes in which steps, and whether the line's speed lies within it. */
function levels(/** @type {any} */ traffic, /** @type {{speed: number|null, asked: number|null}} */ {speed, asked}) {
  const peak = Math.max(1e6, ...traffic.tests.map((/** @type {any} */ test) => test.rate), ...[...traffic.into.points, ...traffic.out.points].map((/** @type {any} */ point) => point.p95 ?? point.mean ?? 0));
  const least = Math.max(peak, asked ?? 0) * 1.1;
  const speedShown = speed !== null && speed <= least * 2;
  const wanted = speedShown ? Math.max(least, speed * 1.05) : least;
  const step = roundStep(wanted / 5);
  return {step, top: Math.ceil(wanted / step) * step, speedShown};
}

/** 1, 2 or 5 times a power of ten, at or above. @param {number} bits */
function roundStep(bits) {
  const power = 10 ** Math.floor(Math.log10(bits));
  return (([1, 2, 5].find((times) => times * power >= bits) ?? 10)) * power;
}

/** @param {string} name @param {import('../types.js').Series} series @param {'mean'|'p95'} figure @param {{color: string, width: number, type: string}} pen */
function curve(name, series, figure, pen) {
  return {
    name, type: 'line', symbol: 'none', connectNulls: false, lineStyle: pen, itemStyle: {color: pen.color}, emphasis: {disabled: true},
    data: series.points.map((point, index, all) => {
      const value = [Date.parse(point.t), point.count > 0 ? point[figure] : null];
      const alone = point.count > 0 && !(all[index - 1]?.count > 0) && !(all[index + 1]?.count > 0);
      return alone ? {value, symbol: 'circle', symbolSize: 4} : value; // a line needs two points
    }),
  };
}

/** Tests as marks; nothing where there are none. @param {string} name @param {import('../elements/line-chart.js').Test[]} tests @param {string} symbol @param {{color: string}} pen */
function dots(name, tests, symbol, pen) {
  return tests.length === 0 ? [] : [{
    name, type: 'scatter', symbol, symbolSize: 9, itemStyle: pen, emphasis: {disabled: true}, data: tests.map((test) => [test.t, test.rate]),
  }];
}

/** The threshold, and the port's speed where the axis reaches it. */
function marks(/** @type {any} */ {speed, asked}, /** @type {any} */ shown, /** @type {any} */ theme) {
  const line = (/** @type {string} */ words, /** @type {number} */ at, /** @type {string} */ type) => ({
    yAxis: at, lineStyle: {color: theme.ink, width: 1, type},
    label: {formatter: words, position: 'insideStartTop', color: theme.ink, fontSize: 13, backgroundColor: theme.paper, padding: [0, 4]},
  });
  const data = [];
  if (asked !== null) data.push(line(t('chart.asked', {rate: rate(asked)}), asked, 'dashed'));
  if (shown.speedShown && speed !== null) data.push(line(t('chart.speed', {rate: rate(speed)}), speed, 'solid'));
  return {symbol: 'none', silent: true, animation: false, data};
}

function lessons(/** @type {import('../types.js').Series} */ series, /** @type {any} */ theme) {
  return {
    silent: true, animation: false, itemStyle: {color: theme.rule, opacity: 0.35},
    data: (series.lessons ?? []).map(({from, to}) => [{xAxis: Date.parse(from)}, {xAxis: Date.parse(to)}]),
  };
}

/** What the pointer shows: the time, each figure with its unit, how many samples they rest on. */
function tip(/** @type {any[]} */ hits, /** @type {any} */ traffic) {
  const at = hits[0].value[0];
  const point = traffic.into.points.find((/** @type {any} */ each) => Date.parse(each.t) === at);
  const said = hits.map((hit) => `${hit.seriesName}  ${hit.value[1] === null ? t('chart.noData') : rate(hit.value[1])}`);
  return [dayAndClock(at), ...said, t('chart.samples', {n: point?.count ?? 0})].join('\n');
}
