// The style sheet of the brief: a page by day and by night, a telephone, and paper. Every colour has a
// contrast of 4.5 to what it is written on; tests/page measures it.
#pragma once

namespace duluan::concern {

inline constexpr const char* kStyle = R"css(
:root{color-scheme:light dark;--page:#fff;--ink:#1a1a1a;--soft:#4a4a4a;--line:#c9c9c9;--head:#f1f1ef;--rule:#1a1a1a;
 --alert:#b2182b;--on-alert:#fff;--note:#9a5b00;--link:#1d4f8c;--band:#c6d9ec;--edge:#7fa6cc;--dash:#2b6cb0;--grid:#ddd;
 --silent:#fff3d6;--h1:#fdece4;--h2:#fbd5c4;--h3:#f8bba1;--h4:#f49d7e;--h5:#ef8062}
@media screen and (prefers-color-scheme:dark){:root{--page:#16181b;--ink:#ececec;--soft:#b9bcc0;--line:#44484d;--head:#23262a;
 --rule:#8b9096;--alert:#ff7b7b;--on-alert:#16181b;--note:#e0a040;--link:#8fbcf0;--band:#2b4460;--edge:#56799c;--dash:#7db4ec;--grid:#34383d;
 --silent:#40351a;--h1:#33211d;--h2:#4a2a22;--h3:#633327;--h4:#7c3c2b;--h5:#95452f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.2rem 1rem 3rem;max-width:78rem;background:var(--page);color:var(--ink);
 font:1rem/1.55 "Noto Sans","Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .4rem;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:2.4rem 0 .8rem;border-bottom:2px solid var(--rule);padding-bottom:.25rem}
h3{font-size:1.2rem;line-height:1.3;margin:0}
h4{font-size:1rem;margin:0 0 .3rem}
p{margin:.45rem 0;max-width:52rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.summary{font-size:1.1rem}
.note{color:var(--soft);font-size:.875rem}
.lead{border-left:4px solid var(--note);padding-left:.7rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.8rem 0 0;padding:0;font-size:.875rem}
nav a{display:inline-block;padding:.25rem 0}
.overview{margin:.4rem 0 1rem;padding-left:1.6rem}
.card{border:1px solid var(--line);border-left:6px solid var(--alert);border-radius:4px;padding:1rem 1.2rem;margin:0 0 1.2rem}
.news{border-left-color:var(--link)}
.trend{font-size:1.1rem;font-weight:600;margin:.2rem 0}
.account{margin:.5rem 0;padding-left:1.2rem;max-width:52rem}
.account li{margin:.2rem 0}
.where{font-weight:600;margin:.15rem 0 .6rem}
.halves{display:grid;gap:1rem 2.4rem}
.halves>div{min-width:0}
.figures{display:flex;flex-wrap:wrap;gap:.5rem 1.6rem;margin:0 0 .6rem}
.figures dt{font-size:.8rem;color:var(--soft)}
.figures dd{margin:0;font-size:1.35rem;line-height:1.2;font-variant-numeric:tabular-nums}
.figures .now dd{font-weight:700;color:var(--alert)}
blockquote{margin:.6rem 0;padding:.1rem 0 .1rem .8rem;border-left:3px solid var(--line)}
blockquote p{margin:0}
cite{font-style:normal;font-size:.8rem;color:var(--soft);overflow-wrap:anywhere}
figure{margin:0;break-inside:avoid}
figcaption{line-height:1.35}
.legend>span{display:inline-block;margin-right:.9rem}
svg{display:block;width:100%;height:auto;fill:var(--ink);font-size:11px}
svg.large{max-width:36rem;font-size:12px}
svg .t{fill:var(--soft)}
svg .v{fill:var(--alert);font-size:15px;font-weight:700}
svg .g{stroke:var(--grid);fill:none}
svg .r{stroke:var(--dash);stroke-dasharray:1 3;fill:none}
svg .b{fill:var(--band);stroke:var(--edge);stroke-width:.6}
svg .b1{stroke:var(--band);stroke-width:8;fill:none}
svg .e{stroke:var(--dash);stroke-width:1.5;stroke-dasharray:4 3;fill:none}
svg .o{stroke:var(--ink);stroke-width:1.4;fill:none}
svg .d{fill:var(--ink)}
svg .s{fill:var(--page);stroke:var(--ink)}
svg .f{fill:var(--alert)}
.key-o{color:var(--ink)}.key-e{color:var(--dash)}
.key-b{display:inline-block;width:1.4em;height:.75em;background:var(--band);border:1px solid var(--edge);vertical-align:-.05em}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:separate;border-spacing:0;border:solid var(--line);border-width:1px 0 0 1px;font-size:.85rem;line-height:1.35;font-variant-numeric:tabular-nums}
th,td{border:solid var(--line);border-width:0 1px 1px 0;padding:.25rem .45rem;text-align:right;font-weight:400}
thead th{background:var(--head);font-weight:600;vertical-align:bottom}
tbody th,thead th:first-child{text-align:left}
tbody th,thead th:first-child{position:sticky;left:0;z-index:1}
tbody th{background:var(--page)}
.heat td{text-align:center}
.heat thead th:not(:first-child){padding:.45rem .2rem;text-align:center}
.heat thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:13rem;line-height:1.15}
.heat .total{font-weight:700}
.heat .range{color:var(--soft);white-space:nowrap}
.small,.hidden,.none{color:var(--soft)}
.h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}.h4{background:var(--h4)}.h5{background:var(--h5)}
.flag{outline:2.5px solid var(--alert);outline-offset:-2.5px;font-weight:700}
.mark{display:inline-block;background:var(--alert);color:var(--on-alert);border-radius:3px;padding:0 .35rem;font-size:.75rem;font-weight:600}
.silent th,.silent td{background:var(--silent)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.2rem 1.4rem;margin-top:.8rem}
.charts figcaption .note{display:block;font-size:.8rem}
@media (min-width:62rem){.halves{grid-template-columns:1fr 1fr}.heat{width:100%}}
@media (max-width:40rem){
 h1{font-size:1.4rem}.figures{column-gap:1.1rem}.card{padding:.8rem .8rem;border-left-width:4px}
 svg.large{font-size:14px}svg .v{font-size:18px}
 .heat tbody th,.heat thead th:first-child{width:8.5rem;min-width:8.5rem}
 table{font-size:.8rem}
}
@media print{
 @page{size:A4;margin:14mm}
 @page crosswise{size:A4 landscape}
 html{font-size:9.5pt}
 body{padding:0;max-width:none;line-height:1.4}
 p{max-width:none;orphans:3;widows:3}
 nav{display:none}
 h1{font-size:16pt}h2{font-size:12pt;margin:1.2rem 0 .5rem}h3{font-size:11.5pt}
 h2,h3,h4,.where,.figures{break-after:avoid}
 blockquote,tr,.figures,.heat,#coverage,.card+.card{break-inside:avoid}
 .card{padding:.5rem .8rem}
 .halves{grid-template-columns:1fr}.news{grid-template-columns:2fr 3fr}
 svg.large{max-width:115mm}
 .scroll{overflow:visible}
 thead{display:table-header-group}
 .heat{font-size:7.5pt;width:100%}.heat th,.heat td{padding:.08rem .15rem}
 .heat tbody th,.heat thead th:first-child{position:static;min-width:0}
 .wide{page:crosswise}.wide .heat{font-size:6.5pt}
 .charts{grid-template-columns:repeat(3,1fr);gap:.7rem 1rem}
 *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";

}  // namespace duluan::concern
