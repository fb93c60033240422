// SPDX-License-Identifier: MIT
// Drives the official JavaScript clients: node clients.mjs CASE URL. Prints JSON; ends with 1 and the error when a case
// fails. The cases are run by javascript_clients_test.py and waiting_test.py.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const require = createRequire(`${process.env.DROVER_TEST_CLIENTS}/javascript/`);
const load = async (name) => (await import(pathToFileURL(require.resolve(name)).href));
const { OpenAI } = await load("openai");
const { Ollama } = await load("ollama");
const { Anthropic } = await load("@anthropic-ai/sdk");

const [name, url] = process.argv.slice(2);
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "none", maxRetries: 0 });
const ollama = new Ollama({ host: url });
const anthropic = new Anthropic({ baseURL: url, apiKey: "none", maxRetries: 0 });

const prompt = process.env.DROVER_TEST_PROMPT ?? "Hello [fake pieces=6]";
const messages = [{ role: "user", content: prompt }];
const text = " word0 word1 word2 word3 word4 word5";
const schema = {
    type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, required: ["name", "age"],
    additionalProperties: false,
};
const person = { name: "Ada", age: 36 };
const place = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weather = { type: "function", function: { name: "weather", description: "The weather", parameters: place } };
const ask = { model: "tiny", max_tokens: 100, messages };
const leaving = [{ role: "user", content: "[fake pieces=500 delay=0.05 tag=leaver]" }];

async function joined(stream, piece) {
    let all = "";
    for await (const part of stream) all += piece(part) ?? "";
    return all;
}

async function statusOf(promise) {
    try {
        await promise;
    } catch (error) {
        return error.status ?? error.status_code;
    }
    return 200;
}

async function fails(start) {
    await assert.rejects(async () => { for await (const _ of await start()); });
}

const cases = {
    async "openai answers whole"() {
        const answer = await openai.chat.completions.create({ model: "tiny", messages });
        assert.equal(answer.choices[0].message.content, text);
    },
    async "openai streams"() {
        const stream = await openai.chat.completions.create({ model: "tiny", messages, stream: true });
        assert.equal(await joined(stream, (chunk) => chunk.choices[0].delta.content), text);
    },
    async "openai calls tools"() {
        const answer = await openai.chat.completions.create({ model: "tiny", messages, tools: [weather] });
        assert.equal(answer.choices[0].message.tool_calls[0].function.name, "weather");
    },
    async "openai structured output"() {
        const answer = await openai.chat.completions.create({
            model: "tiny", messages, response_format: { type: "json_schema", json_schema: { name: "person", schema } },
        });
        assert.deepEqual(JSON.parse(answer.choices[0].message.content), person);
    },
    async "openai embeds"() {
        const answer = await openai.embeddings.create({ model: "tiny-embed", input: ["a", "bcd"] });
        assert.deepEqual(answer.data.map((row) => row.embedding[0]), [1, 3]);
    },
    async "openai responses"() {
        const input = prompt;
        assert.equal((await openai.responses.create({ model: "tiny", input })).output_text, text);
        const stream = await openai.responses.create({ model: "tiny", input, stream: true });
        assert.equal(await joined(stream, (event) => event.type === "response.output_text.delta" ? event.delta : ""), text);
    },
    async "openai errors"() {
        for (const [model, status] of [["nope", 404], ["error400", 400], ["error500", 500]])
            assert.equal(await statusOf(openai.chat.completions.create({ model, messages })), status);
    },
    async "openai broken streams"() {
        for (const model of ["error-mid", "cut", "midchunk", "reset-mid", "silent-end"])
            await fails(() => openai.chat.completions.create({ model, messages, stream: true }));
    },
    async "openai leaves"() {
        const stream = await openai.chat.completions.create({ model: "tiny", messages: leaving, stream: true });
        for await (const _ of stream) break;
    },
    async "ollama answers whole"() {
        assert.equal((await ollama.chat({ model: "tiny", messages })).message.content, text);
        assert.equal((await ollama.generate({ model: "tiny", prompt })).response, text);
    },
    async "ollama streams"() {
        assert.equal(await joined(await ollama.chat({ model: "tiny", messages, stream: true }), (part) => part.message.content), text);
        assert.equal(await joined(await ollama.generate({ model: "tiny", prompt, stream: true }), (part) => part.response), text);
    },
    async "ollama calls tools"() {
        const answer = await ollama.chat({ model: "tiny", messages, tools: [weather] });
        assert.deepEqual(answer.message.tool_calls[0].function.arguments, { city: "Ada" });
    },
    async "ollama structured output"() {
        assert.deepEqual(JSON.parse((await ollama.chat({ model: "tiny", messages, format: schema })).message.content), person);
    },
    async "ollama embeds"() {
        assert.equal((await ollama.embed({ model: "tiny-embed", input: ["a", "bcd"] })).embeddings[1][0], 3);
    },
    async "ollama lists"() {
        const { models } = await ollama.list();
        assert(models.some((model) => model.name === "tiny:latest"));
    },
    async "ollama errors"() {
        for (const [model, status] of [["nope", 404], ["error400", 400], ["error500", 500], ["error503", 503]])
            assert.equal(await statusOf(ollama.chat({ model, messages })), status);
    },
    async "ollama broken streams"() {
        for (const model of ["error-mid", "cut", "midchunk", "reset-mid"])
            await fails(() => ollama.chat({ model, messages, stream: true }));
    },
    async "ollama leaves"() {
        const stream = await ollama.chat({ model: "tiny", messages: leaving, stream: true });
        await assert.rejects(async () => { for await (const _ of stream) stream.abort(); });
    },
    async "anthropic answers whole"() {
        assert.equal((await anthropic.messages.create(ask)).content[0].text, text);
    },
    async "anthropic streams"() {
        const stream = anthropic.messages.stream(ask);
        assert.equal(await stream.finalText(), text);
    },
    async "anthropic calls tools"() {
        const tools = [{ name: "weather", description: "The weather", input_schema: place }];
        assert.deepEqual((await anthropic.messages.create({ ...ask, tools })).content[0].input, { city: "Ada" });
        const message = await anthropic.messages.stream({ ...ask, tools }).finalMessage();
        assert.deepEqual(message.content[0].input, { city: "Ada" });
    },
    async "anthropic structured output"() {
        const answer = await anthropic.messages.create({ ...ask, output_config: { format: { type: "json_schema", schema } } });
        assert.deepEqual(JSON.parse(answer.content[0].text), person);
    },
    async "anthropic errors"() {
        for (const [model, status] of [["nope", 404], ["error400", 400], ["error500", 500]])
            assert.equal(await statusOf(anthropic.messages.create({ ...ask, model })), status);
    },
    async "anthropic broken streams"() {
        for (const model of ["error-mid", "cut", "midchunk", "reset-mid", "silent-end"])
            await fails(() => anthropic.messages.create({ ...ask, model, stream: true }));
    },
    async "anthropic leaves"() {
        const stream = await anthropic.messages.create({ ...ask, messages: leaving, stream: true });
        for await (const _ of stream) break;
    },
};

if (name === "list") {
    console.log(JSON.stringify(Object.keys(cases)));
} else {
    await cases[name]();
}
