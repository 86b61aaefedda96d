/** The page's one style sheet, within it: an audit is read where there is no network. Colours are those of the verification page. */
export const pageCss = `
:root { --ink: #10233a; --text: #1b2430; --soft: #4a5666; --line: #cfc8ba; --paper: #faf8f3; --card: #fff; --bronze: #7a5718;
  --good: #0b5f38; --good-bg: #eaf5ee; --bad: #a31919; --bad-bg: #fdeeed; --open: #3f4650; --open-bg: #f1f1ef;
  --sans: "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", system-ui, sans-serif;
  --serif: "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", STSong, SimSun, serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 1rem/1.7 var(--sans); overflow-wrap: anywhere; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1, h2, h3 { color: var(--ink); font-family: var(--serif); line-height: 1.35; margin: 0; }
h1 { font-size: 1.9rem; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .8rem; padding-top: .9rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
[lang="en"] { color: var(--soft); font-size: .875em; font-family: var(--sans); font-weight: 400; }
.both [lang="en"] { display: block; }
.outcome { margin: 1.2rem 0; padding: 1rem 1.25rem; border-left: .5rem solid var(--open); background: var(--open-bg); }
.outcome p { margin: .2rem 0; }
.outcome .word { font: 700 1.3rem/1.4 var(--serif); }
.AGREES { border-color: var(--good); background: var(--good-bg); }
.AGREES .word { color: var(--good); }
.DIVERGES { border-color: var(--bad); background: var(--bad-bg); }
.DIVERGES .word { color: var(--bad); }
ul { margin: 0; padding-left: 1.2rem; }
li { margin: .35rem 0; }
dl { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .35rem 1.25rem; margin: 0; }
dd { margin: 0; }
code, .mono { font: .875em/1.6 var(--mono); }
table { border-collapse: collapse; width: 100%; background: var(--card); }
th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); padding: .6rem; }
figure svg { display: block; width: 100%; height: auto; }
details { margin: .5rem 0 0; }
summary { cursor: pointer; color: var(--bronze); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: .1rem; } dd { margin-bottom: .6rem; } figure { overflow-x: auto; } figure svg { min-width: 34rem; } }
@media print { body { background: #fff; } h2 { break-after: avoid; } figure, .outcome { break-inside: avoid; } }
`;
