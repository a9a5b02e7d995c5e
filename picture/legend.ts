/** What the colours of a picture mean. */

export const legend = `<ul class="legend"><li class="k-yield">yields</li><li class="k-await">awaits</li><li class="k-cleanup">closes, disposes</li><li class="k-owes">owes cleanup while suspended</li><li class="k-finally">finally region</li><li class="k-catch">catch region</li></ul>`;

export const legendRules = `.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 0; list-style: none; font-size: 12px; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend li::before { content: ""; width: 12px; height: 12px; border-radius: 3px; border: 1.5px solid var(--rim); box-sizing: border-box; }
.legend .k-yield::before { background: var(--yield-tint); border-color: var(--yield); }
.legend .k-await::before { background: var(--await-tint); border-color: var(--await); }
.legend .k-cleanup::before { background: var(--cleanup-tint); border-color: var(--cleanup); }
.legend .k-owes::before { border-color: var(--owed); }
.legend .k-finally::before { background: color-mix(in srgb, var(--finally) 12%, transparent); border: 1.5px dashed var(--finally); }
.legend .k-catch::before { background: color-mix(in srgb, var(--catch) 12%, transparent); border: 1.5px dashed var(--catch); }`;
