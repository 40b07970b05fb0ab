/** The report's style sheet: system fonts, light and dark by the reader's preference, no file besides. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --ink: #1c2128; --quiet: #667080; --line: #dde1e7; --soft: #eef0f4;
  --proved: #2b8a57; --no-effect: #c27a05; --wrong-effect: #cc3b33; --blocked: #7a4fc4; --ambiguous: #1f78c1; --unknown: #68707c;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --card: #1c2026; --ink: #e2e6ec; --quiet: #8e98a6; --line: #313842; --soft: #262c34;
    --proved: #4cb47f; --no-effect: #e0a03a; --wrong-effect: #ef6b62; --blocked: #a98bea; --ambiguous: #58a6e6; --unknown: #97a1ae;
  }
}
.v-proved { --hue: var(--proved); } .v-no-effect { --hue: var(--no-effect); } .v-wrong-effect { --hue: var(--wrong-effect); }
.v-blocked { --hue: var(--blocked); } .v-ambiguous { --hue: var(--ambiguous); } .v-unknown { --hue: var(--unknown); }
.open, .open-intent { --hue: var(--unknown); } .refused { --hue: var(--no-effect); } .review { --hue: var(--ambiguous); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 1320px; margin: 0 auto; padding: 0 20px 60px; }
h1, h2, h3, h4, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: inherit; }
code, .seq { font-family: var(--mono); font-size: 12px; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-weight: normal; }
section.panel, .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
section.panel { padding: 14px 18px; margin-top: 14px; }
h2 { font-size: 16px; margin: 30px 0 10px; }
h4 { font-size: 11px; text-transform: uppercase; letter-spacing: .06em; color: var(--quiet); margin-bottom: 6px; }

.outcome { border-top: 6px solid var(--hue, var(--unknown)); margin: 0 -20px; padding: 22px 20px 4px; }
.outcome.done { --hue: var(--proved); } .outcome.failed { --hue: var(--wrong-effect); }
.outcome.cancelled, .outcome.parked, .outcome.stopping { --hue: var(--no-effect); }
.outcome h1 { font-size: 28px; line-height: 1.2; font-weight: 650; }
.outcome h1 b { color: var(--hue, var(--unknown)); }
.outcome p { color: var(--quiet); margin-top: 6px; }
.attention { margin-top: 12px; display: flex; flex-wrap: wrap; gap: 8px; }
.attention a { text-decoration: none; border: 1px solid var(--hue); border-radius: 99px; padding: 2px 12px; }
.attention a:hover { background: var(--soft); }
.key-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(124px, 1fr)); gap: 1px; background: var(--line);
  border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin-top: 18px; }
.key-figures div { background: var(--card); padding: 11px 12px; }
.key-figures dt { color: var(--quiet); font-size: 12px; }
.key-figures dd { font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; white-space: nowrap; }
.key-figures dd.word { font-size: 14px; line-height: 27px; }
.key-figures small { display: block; font-size: 12px; color: var(--quiet); }

.plots { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; }
@media (max-width: 900px) { .plots, .pictures, .why { grid-template-columns: 1fr !important; } }
.plots section h3 { font-size: 13px; font-weight: 600; }
svg.plot { width: 100%; height: auto; display: block; margin-top: 4px; }
svg text { font: 11px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: var(--quiet); }
.grid { stroke: var(--line); } .axis-tick { stroke: var(--quiet); }
.quantile { stroke: var(--ink); stroke-dasharray: 5 4; opacity: .55; }
svg .quantile-label { fill: var(--ink); }
.mark { fill: var(--hue); } .plot .mark { fill-opacity: .8; } .plot .mark.v-proved { fill-opacity: .5; }
.plot a:hover .mark { stroke: var(--ink); stroke-width: 1.5; }
.verdict-bar { display: flex; gap: 2px; height: 16px; border-radius: 5px; overflow: hidden; }
.verdict-bar i { background: var(--hue); min-width: 4px; flex-basis: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; margin-top: 9px; }
.legend li { display: flex; align-items: center; gap: 6px; }

.strips { display: grid; grid-template-columns: 62px 1fr; gap: 6px 10px; align-items: center; }
.strip-name { color: var(--quiet); font-size: 12px; }
.strip { position: relative; height: 20px; background: var(--soft); border-radius: 4px; overflow: hidden; }
.strip i { position: absolute; inset: 0 auto 0 0; min-width: 2px; overflow: hidden; background: var(--unknown); color: #fff; font: 11px/20px system-ui, sans-serif;
  border-right: 1px solid var(--card); }
.strip i span { padding: 0 6px; }
.strip-text { grid-column: 2; font-size: 12px; color: var(--quiet); margin: -2px 0 6px; }
.strip-text b { font-weight: 600; color: var(--ink); }
.strip .s-running, .strip .s-ready, .strip .s-done { background: #2b7a50; }
.strip .s-failed, .strip .s-lost, .strip .s-blocked { background: #b73a33; }
.strip .s-challenge, .strip .s-parked, .strip .s-stopping, .strip .s-cancelled { background: #a86a08; }
.strip .s-login, .strip .s-consent { background: #6a48ab; } .strip .s-navigating, .strip .s-loading { background: #2a6aa3; }
.strip.marks { height: 12px; overflow: visible; }
.strip.marks i { width: 8px; height: 8px; min-width: 0; margin: 2px 0 0 -4px; border: 0; border-radius: 50%; }
.marks .bad { background: var(--wrong-effect); } .marks .warn { background: var(--no-effect); } .marks .plain { background: var(--quiet); }
.notes { margin-top: 10px; max-height: 190px; overflow: auto; }
.notes li { padding: 2px 0; } .notes time { display: inline-block; min-width: 88px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.notes .bad b { color: var(--wrong-effect); } .notes .warn b { color: var(--no-effect); }

.steps-head { display: flex; align-items: baseline; gap: 14px; margin: 30px 0 10px; } .steps-head h2 { margin: 0; }
.key { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 4px 16px; margin: 18px 0 -34px; font-size: 12px; color: var(--quiet); }
.key label { display: flex; align-items: center; gap: 5px; } .key input { margin: 0; }
.key i { display: inline-block; width: 14px; height: 10px; margin-right: 5px; border: 2px solid; border-radius: 2px; }
.card { margin-bottom: 10px; border-left: 4px solid var(--hue); overflow: hidden; }
.card > header, .card > summary { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; padding: 9px 14px; }
.card > summary { cursor: pointer; list-style: none; } .card > summary::-webkit-details-marker { display: none; }
.card > summary:hover { background: var(--soft); }
details.card { margin-bottom: 4px; border-radius: 6px; }
.card > p { padding: 0 14px 10px; }
.card h3 { font-size: 14px; font-weight: 650; overflow-wrap: anywhere; }
.card:target { outline: 2px solid var(--hue); outline-offset: 1px; }
.badge { background: var(--hue); color: var(--card); border-radius: 4px; padding: 1px 8px; font-size: 12px; font-weight: 650; }
.number { color: var(--quiet); font-variant-numeric: tabular-nums; }
.reason { font-family: var(--mono); font-size: 12px; }
.tag { border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; font-size: 12px; color: var(--quiet); }
.tag.warn { color: var(--no-effect); border-color: currentColor; }
.times { margin-left: auto; color: var(--quiet); font-variant-numeric: tabular-nums; font-size: 13px; }
.minis { display: flex; align-items: center; gap: 6px; color: var(--quiet); }
.mini { height: 42px; width: 104px; object-fit: cover; object-position: left top; border: 1px solid var(--line); border-radius: 3px; background: var(--soft); display: block; }
.mini.none { text-align: center; line-height: 40px; }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; padding: 4px 14px 12px; }
figure { min-width: 0; }
figcaption { font-size: 12px; margin-bottom: 4px; font-weight: 600; }
.picture { position: relative; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; overflow: hidden; min-height: 20px; }
.picture img { display: block; width: 100%; height: auto; }
.picture img:not([src]) { visibility: hidden; }
.picture.none { display: grid; place-content: center; text-align: center; color: var(--quiet); min-height: 70px; border-style: dashed; padding: 8px; }
.overlay { position: absolute; inset: 0; width: 100%; height: 100%; }
.overlay rect, .overlay path { fill: none; vector-effect: non-scaling-stroke; }
.overlay .edge { stroke: #000; stroke-opacity: .4; stroke-width: 3px; }
.overlay .edge:has(+ .aside) { stroke: none; }
.overlay .looked { stroke-width: 1.4px; } .overlay .aside { stroke-opacity: .55; stroke-dasharray: 2 3; } .overlay .holds { stroke: #37d67a; } .overlay .fails { stroke: #ff6b5e; } .overlay .unsure { stroke: #ffd23f; }
.overlay .box { stroke: #ff4fd8; stroke-width: 1.5px; } .overlay .click { stroke: #ff4fd8; stroke-width: 2.2px; } .overlay .drag { stroke-dasharray: 4 3; }
.overlay .bbox { stroke: #35b9ff; stroke-width: 1.5px; stroke-dasharray: 6 4; }
.overlay .tiles { fill: #35b9ff; fill-opacity: .26; stroke: none; }
body:has(#show-overlay:not(:checked)) .overlay { display: none; }
.evidence { padding: 0 14px 10px; display: grid; gap: 8px; }
.why { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; padding: 10px 14px 14px; border-top: 1px solid var(--line); }
.judgement ul { margin-left: 9px; padding-left: 14px; border-left: 1px solid var(--line); }
.judgement li { padding: 2px 0; } .judgement .quiet { font-size: 12px; white-space: nowrap; } .judgement .reason { margin: 0 6px; }
.broken table { border-collapse: collapse; width: calc(100% - 28px); margin: 10px 14px 12px; }
.broken th { text-align: left; font-weight: 600; } .broken th, .broken td { padding: 3px 12px 3px 0; vertical-align: top; }
.truth { display: inline-block; width: 17px; height: 17px; border-radius: 4px; text-align: center; line-height: 17px; font-size: 11px; font-weight: 700; color: var(--card); }
.truth.holds { background: var(--proved); } .truth.fails { background: var(--wrong-effect); } .truth.unsure { background: var(--no-effect); }
.instants-bar { position: relative; height: 8px; margin: 4px 5px 6px; background: var(--soft); border-radius: 4px; }
.instants-bar i { position: absolute; top: -1px; width: 10px; height: 10px; margin-left: -5px; border-radius: 50%; background: var(--ambiguous); border: 2px solid var(--card); }
.instants { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 13px; font-variant-numeric: tabular-nums; }
.facts { margin-top: 8px; font-size: 13px; }
.facts div { display: grid; grid-template-columns: 96px 1fr; } .facts dt { color: var(--quiet); } .facts dd { overflow-wrap: anywhere; }
footer { margin-top: 30px; color: var(--quiet); font-size: 12px; }
@media print { .notes { max-height: none; } }
`;

/** Gives pictures their pixels when they come near the window, and opens the row a link leads to. */
export const PAGE_SCRIPT = `
const pictures = JSON.parse(document.getElementById('pictures').textContent);
const show = (image) => { image.src = pictures[image.dataset.picture]; };
const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) { show(target); watch.unobserve(target); }
}, { rootMargin: '600px' });
const images = document.querySelectorAll('img[data-picture]');
images.forEach((image) => watch.observe(image));
addEventListener('beforeprint', () => images.forEach(show));
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  target?.scrollIntoView({ block: 'start' });
};
addEventListener('hashchange', openTarget);
if (location.hash !== '') openTarget();
`;
