// The style sheet of the brief: a page, a telephone, and paper.
#pragma once

namespace duluan::concern {

inline constexpr const char* kStyle = R"css(
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:75rem;background:#fff;color:#1a1a1a;
 font:1rem/1.5 "Noto Sans","Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.25;margin:.3rem 0}
h2{font-size:1.2rem;margin:2rem 0 .6rem;border-bottom:2px solid #1a1a1a;padding-bottom:.2rem}
h3{font-size:1.1rem;margin:0}
h4{font-size:.95rem;margin:.8rem 0 .2rem}
p{margin:.4rem 0;max-width:62rem}
.note{color:#444;font-size:.9rem}
.lead{border-left:4px solid #9a5b00;padding-left:.7rem}
.card{border:1px solid #999;border-left:6px solid #b2182b;border-radius:4px;padding:.8rem 1rem;margin:0 0 1rem}
.where{font-weight:600;margin:.1rem 0}
.card svg{max-width:44rem}
blockquote{margin:.5rem 0;padding:.1rem 0 .1rem .8rem;border-left:3px solid #bbb;max-width:62rem}
blockquote p{margin:0}
cite{font-style:normal;font-size:.85rem;color:#444;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;font-size:11px;fill:#333}
.key-e{color:#2b6cb0}.key-b{color:#8fb3d6}
svg .g{stroke:#ddd;fill:none}
svg .b{fill:#c6d9ec}
svg .b1{stroke:#c6d9ec;stroke-width:8;fill:none}
svg .e{stroke:#2b6cb0;stroke-width:1.4;stroke-dasharray:4 3;fill:none}
svg .o{stroke:#333;stroke-width:1.4;fill:none}
svg .d{fill:#333}
svg .s{fill:#fff;stroke:#333}
svg .f{fill:#b2182b}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.85rem}
th,td{border:1px solid #ccc;padding:.2rem .4rem;text-align:right;font-weight:400}
thead th{background:#f2f2f2;font-weight:600;vertical-align:bottom}
tbody th,thead th:first-child{text-align:left}
.heat tbody th{position:sticky;left:0;background:#fff;min-width:8.5rem}
.heat thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:13rem;line-height:1.1}
.total{font-weight:600}
.small,.hidden,.none{color:#666}
.h1{background:#fdece4}.h2{background:#fbd5c4}.h3{background:#f8bba1}.h4{background:#f49d7e}.h5{background:#ef8062}
.flag{outline:2px solid #b2182b;outline-offset:-2px}
.silent{background:#fff3d6}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.8rem}
figure{margin:0;break-inside:avoid}
figcaption{font-size:.9rem;font-weight:600}
@media (max-width:40rem){.card svg{font-size:18px}}
@media print{
 @page{size:A4;margin:15mm}
 body{padding:0;max-width:none;font-size:10pt}
 .card{break-inside:avoid}
 h2,h3,h4{break-after:avoid}
 .scroll{overflow:visible}
 .heat{font-size:6.5pt}.heat th,.heat td{padding:.1rem .15rem}.heat tbody th{position:static;min-width:0}
 .charts{grid-template-columns:repeat(3,1fr)}
 *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";

}  // namespace duluan::concern
