// SPDX-License-Identifier: MIT
#include "core/fronts/host_page_text.h"

#include "core/protocol/base64.h"

#include <openssl/sha.h>

#include <string>

namespace drover {

namespace {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --line: #8884; --dim: #888; --good: #2a8f4d; --bad: #c0392b; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1.2rem; }
h1 { font-size: 1.4rem; margin: 0 0 .2rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
p { margin: .3rem 0; } .dim { color: var(--dim); } .bad { color: var(--bad); }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; }
.tile { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 7rem; }
.tile b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; border-bottom: 1px solid var(--line); white-space: nowrap; } tr + tr td { border-top: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; } pre { padding: .7rem; border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto; }
input, button { font: inherit; padding: .35rem .6rem; } form { display: flex; gap: .5rem; flex-wrap: wrap; }
)css";

constexpr std::string_view stateBody = R"html(<h1 id="title">Pool</h1>
<p id="sentence" class="dim" role="status">Connecting…</p>
<form id="ask" hidden><label for="key">Key of this pool</label> <input id="key" type="password" autocomplete="off"> <button>Show</button></form>
<main id="main" hidden>
<div class="tiles" id="tiles"></div>
<h2>Machines</h2><div class="scroll"><table><thead><tr><th>Name</th><th>State</th><th>Models</th><th class="number">Running</th><th class="number">Done</th><th class="number">Failed</th><th class="number">Tokens</th><th>Version</th></tr></thead><tbody id="machines"></tbody></table></div>
<h2>Models</h2><div class="scroll"><table><thead><tr><th>Model</th><th class="number">Machines</th></tr></thead><tbody id="models"></tbody></table></div>
</main>)html";

constexpr std::string_view stateScript = R"js(
'use strict';
const at = id => document.getElementById(id);
const cell = (row, text, kind) => { const td = row.insertCell(); td.textContent = text; if (kind) td.className = kind; };
const tile = (text, value) => { const div = document.createElement('div'); div.className = 'tile';
  const b = document.createElement('b'); b.textContent = value; div.append(b, text); return div; };
const words = { idle: 'idle', working: 'working', not_ready: 'not ready', draining: 'finishing', gone: 'left', connected: 'connected' };
function show(doc) {
  const server = doc.server, workers = doc.workers || [], models = doc.models || [];
  const here = workers.filter(w => w.status !== 'gone');
  at('sentence').className = 'dim';
  at('sentence').textContent = server.state === 'draining' ? 'Finishing: new requests are refused.'
    : here.length === 0 ? 'No machine has joined yet.' : here.length + (here.length === 1 ? ' machine' : ' machines') + ', ' + models.length + (models.length === 1 ? ' model' : ' models') + '.';
  at('tiles').replaceChildren(tile('running', server.jobs_inflight_total), tile('waiting', server.scheduler_queue_len),
    tile('answered', server.jobs_completed_total), tile('failed', server.jobs_failed_total));
  const machines = at('machines'); machines.replaceChildren();
  for (const w of workers) { const row = machines.insertRow();
    cell(row, w.name || w.id); cell(row, words[w.status] || w.status, w.status === 'gone' ? 'dim' : '');
    cell(row, (w.models_supported || []).join(', ')); cell(row, w.inflight + ' / ' + (w.max_concurrency ?? '?'), 'number');
    cell(row, w.processed_total, 'number'); cell(row, w.failures_total, 'number');
    cell(row, (w.tokens_in_total ?? w.input_tokens_total ?? 0) + (w.tokens_out_total ?? w.output_tokens_total ?? 0), 'number'); cell(row, w.version || ''); }
  const list = at('models'); list.replaceChildren();
  for (const m of models) { const row = list.insertRow(); cell(row, m.name); cell(row, m.workers, 'number'); }
  at('main').hidden = false;
}
async function watch() {
  const headers = {}; const key = sessionStorage.getItem('key'); if (key) headers.Authorization = 'Bearer ' + key;
  let answer;
  try { answer = await fetch('/api/v1/state/stream', { headers, cache: 'no-store' }); }
  catch (error) { return trouble('The pool does not answer. Trying again.'); }
  if (answer.status === 401) { sessionStorage.removeItem('key'); at('ask').hidden = false; at('main').hidden = true;
    at('sentence').className = key ? 'bad' : 'dim'; at('sentence').textContent = key ? 'This key is not known here.' : 'This pool shows its state to those who have a key.'; return; }
  if (!answer.ok) return trouble('The pool answers with status ' + answer.status + '. Trying again.');
  at('ask').hidden = true;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader(); let text = '';
  try { for (;;) { const { value, done } = await reader.read(); if (done) break; text += value;
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) { const line = text.slice(0, end); if (line.startsWith('data: ')) show(JSON.parse(line.slice(6))); } } }
  catch (error) { /* told below */ }
  trouble('The connection to the pool was lost. Trying again.');
}
function trouble(sentence) { at('sentence').className = 'bad'; at('sentence').textContent = sentence; setTimeout(watch, 2000); }
at('ask').addEventListener('submit', event => { event.preventDefault(); sessionStorage.setItem('key', at('key').value); at('key').value = ''; watch(); });
at('title').textContent = 'Pool at ' + location.host; document.title = at('title').textContent;
watch();
)js";

constexpr std::string_view invitationBody = R"html(<h1>You are invited to a pool</h1>
<p>A pool shares language models among the machines that join it. Joining opens no port on your machine, and you can leave at any time.</p>
<p id="no" class="bad" hidden>This link has no code. Ask for the whole link: the part behind the # belongs to it.</p>
<div id="yes" hidden>
<h2>With Drover</h2><p><a id="open">Join with Drover</a>, or in a terminal:</p><pre><code id="command"></code></pre>
<h2>With another worker</h2><p>A llamapool or nfrx worker needs a key instead of a code. Trade the code for one, once:</p><pre><code id="trade"></code></pre>
</div>)html";

constexpr std::string_view invitationScript = R"js(
'use strict';
const at = id => document.getElementById(id);
const code = location.hash.slice(1).toUpperCase();
const good = /^[0-9A-Z-]{8,32}$/.test(code);
at(good ? 'yes' : 'no').hidden = false;
if (good) {
  const server = (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host;
  at('open').href = 'drover://join?s=' + encodeURIComponent(server) + '&c=' + encodeURIComponent(code);
  at('command').textContent = "drover join '" + location.origin + '/j#' + code + "'";
  at('trade').textContent = 'curl -s ' + location.origin + '/j -H "Content-Type: application/json" -d \'{"code":"' + code + '","name":"my machine"}\'';
}
)js";

std::string hashOf(std::string_view text)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    std::string source = "'sha256-";
    appendBase64(source, std::string_view(reinterpret_cast<const char*>(digest), sizeof digest));
    return source + '\'';
}

std::string document(std::string_view title, std::string_view body, std::string_view script)
{
    std::string text = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                       "content=\"width=device-width, initial-scale=1\"><title>";
    text.append(title).append("</title><style>").append(style).append("</style></head><body>").append(body);
    return text.append("<script>").append(script).append("</script></body></html>\n");
}

} // namespace

std::string_view statePage()
{
    static const std::string page = document("Pool", stateBody, stateScript);
    return page;
}

std::string_view invitationPage()
{
    static const std::string page = document("Invitation to a pool", invitationBody, invitationScript);
    return page;
}

HeaderLines pageLines()
{
    static const std::string lines =
        "Content-Security-Policy: default-src 'none'; connect-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; style-src "
        + hashOf(style) + "; script-src " + hashOf(stateScript) + ' ' + hashOf(invitationScript)
        + "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\n";
    return lines;
}

} // namespace drover
