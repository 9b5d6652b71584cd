// Uses the built page in a browser as people do, and prints what was seen as JSON: tests/test_page.py judges it.
//
//     node page.mjs NODE_MODULES CHROMIUM ADDRESS SINGLE_FILE PICTURES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, executablePath, address, single, pictures] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(`${modules}/playwright-core/index.mjs`));
const axe = readFileSync(`${modules}/axe-core/axe.min.js`, "utf8");

const LENET = "I-C(32,5)-P2-C(32,3)-P2-H256-O10";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const seen = {};
const requests = [];
const complaints = [];

async function opened(fragment = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`) && dialog.dismiss());
  context.on("request", (request) => requests.push(request.url()));
  await page.goto(address + fragment);
  return page;
}

const text = (page, id) => page.locator(`#${id}`).innerText();
const formula = (page) => page.locator("#formulas annotation").allTextContents();
const answered = (page) => page.waitForFunction(() => /\d/.test(document.getElementById("params").textContent));
const totals = (page, total) => page.waitForFunction((value) => document.getElementById("params").textContent === value, total);
const complained = (page, part) => page.waitForFunction((said) => document.getElementById("message").textContent.includes(said), part);
const typed = (page, value) => page.locator("#text").fill(value);
const fetchedSince = (start) => requests.slice(start).map((url) => url.split("/").pop());

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

async function numbers() {
  const start = requests.length;
  const page = await opened("#net=I784-H800-R-H800-R-O10");
  await answered(page);
  await page.waitForFunction(() => document.getElementById("formulas").textContent);
  seen.numbers = { params: await text(page, "params"), fetched: fetchedSince(start) };
  return page;
}

async function symbols(page) {
  const start = requests.length;
  await page.goto(`${address}#with=c:1,n:28&net=${LENET}`);
  await totals(page, "217,706");
  await page.waitForFunction(() => document.querySelector("#formulas annotation"));
  seen.symbols = { formula: await formula(page), fetched: fetchedSince(start), lines: await text(page, "lines") };
  await page.locator("#fields input[type=range]").nth(1).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await totals(page, "307,818");
  seen.slid = await text(page, "at");
  await page.locator("#open-n").uncheck();
  await page.waitForFunction(() => !document.querySelector("#formulas .rests"));
  seen.fixed = await formula(page);
  await page.waitForFunction(() => location.hash.includes("fix=n"));
  seen.link = await page.evaluate(() => location.href);
}

async function mistakes(page) {
  await typed(page, "I(1,28x28)-C(32,5,strid=2)-P2-O10");
  await complained(page, "strid");
  seen.mistake = {
    message: await text(page, "message"),
    marked: (await page.locator("#colours mark").allTextContents()).join(""),
    invalid: await page.locator("#text").getAttribute("aria-invalid"),
    accessible: await findings(page),
  };
  await page.screenshot({ path: `${pictures}/page-mistake.png` });
  await typed(page, "I(1,28x28)-C(32,5)-P2-O10");
  await totals(page, "46,922");
  seen.mended = { message: await text(page, "message"), colours: await page.locator("#colours .layer").allTextContents() };
  await page.locator("#text").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("-soft");
  await page.locator("#suggestions button").first().waitFor();
  await page.keyboard.press("Control+ ");
  seen.completed = await page.locator("#text").inputValue();
}

async function links() {
  const page = await opened(new URL(seen.link).hash);
  await totals(page, "307,818");
  seen.linked = { text: await page.locator("#text").inputValue(), open: await page.locator("#open-n").isChecked() };
  await page.context().close();
}

async function zoo(page) {
  await page.locator("#zoo").selectOption("vgg16");
  await totals(page, "138,357,544");
  await page.locator("#more summary").click();
  await page.locator("#quantities label", { hasText: /^ macs$/ }).click();
  await page.waitForFunction(() => document.querySelector("#table thead").textContent.includes("macs"));
  seen.zoo = { total: await page.locator("#table tfoot").innerText(), notes: await text(page, "lines") };
  await page.locator("#derivation summary").click();
  await page.waitForFunction(() => document.getElementById("worked").textContent.includes("138357544"));
  await page.locator("#compare summary").click();
  await page.locator("#other").fill("zoo:vgg11\nI784-H10");
  await page.waitForFunction(() => document.querySelectorAll("#compared tbody tr").length === 3);
  seen.compared = await text(page, "compared");
  seen.accessible = { light: await findings(page) };
  await page.emulateMedia({ colorScheme: "dark" });
  seen.accessible.dark = await findings(page);
  await page.screenshot({ path: `${pictures}/page-dark.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: `${pictures}/page-wide.png`, fullPage: true });
}

async function pasted(page) {
  await page.goto(`${address}#net=${encodeURIComponent('{"model_type": "gpt2"}')}`);
  await page.locator("#message button").click();
  await totals(page, "124,439,808");
  seen.pasted = { message: await text(page, "message"), picture: await page.locator("#drawn svg > title").textContent() };
}

async function copies(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${address}#with=c:1,n:28&net=${LENET}`);
  await totals(page, "217,706");
  seen.copies = {};
  for (const what of await page.locator("#what option").allTextContents()) {
    await page.locator("#what").selectOption(what);
    for (const medium of await page.locator("#medium option").allTextContents()) {
      await page.locator("#medium").selectOption(medium);
      await page.evaluate(() => (document.getElementById("copied").textContent = ""));
      await page.locator("#copy").click();
      await page.waitForFunction(() => document.getElementById("copied").textContent);
      seen.copies[`${what} ${medium}`] = await page.locator("#copied").textContent();
    }
  }
  await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
  seen.clipboard = await page.evaluate(() => navigator.clipboard.readText());
}

const HOSTILE = [
  "#net=%3Cscript%3Ealert(1)%3C/script%3E",
  "#net=I(1,28x28)-%3Cimg src=x onerror=alert(1)%3E-O10",
  "#net=I784-H10%23 %3Cscript%3Ealert(1)%3C/script%3E",
  "#net=I784-H10-%E2%80%AEO10",
  "#net=%FF%FE&with=__proto__:1,constructor:2,%3Cb%3E:3",
  `#net=${"(".repeat(300)}`,
  `#net=I784-H10&with=c:${"9".repeat(90)},n:alert(1)&of=%3Cb%3E,macs&convention=%3Cb%3E`,
  "#%%%&&==",
];

async function hostile(page) {
  seen.hostile = [];
  for (const fragment of HOSTILE) {
    await page.goto("about:blank");
    await page.goto(address + fragment);
    await page.waitForFunction(() => document.getElementById("message").textContent || document.getElementById("formulas").textContent);
    seen.hostile.push(await page.evaluate(() => ({
      text: document.getElementById("text").value,
      message: document.getElementById("message").textContent,
      added: document.querySelectorAll("main script, main img, main iframe").length,
    })));
  }
  await page.goto("about:blank");
  await page.goto(`${address}#net=I784-H10`);
  await answered(page);
  await typed(page, `I784-${"H10-".repeat(70_000)}O10`);
  await complained(page, "characters");
  seen.long = await text(page, "message");
}

const chain = (count, layer) => Array.from({ length: count }, (_, at) => layer(at + 1)).join("-");

async function stopping(page) {
  await typed(page, `I(c,n×n)-${chain(90, (at) => `C(f_${at},k_${at},s=s_${at})`)}`);
  await page.locator("#stop").click();
  await typed(page, "I784-H10");
  await totals(page, "7,850");
  seen.stopped = await text(page, "formulas");
}

async function tooDeep(page) {
  const before = complaints.length;
  await typed(page, `I(c,n)-${chain(1500, (at) => `C(${at},3,p=1)`)}`);
  await page.locator("#formulas pre.wrong").waitFor();
  seen.tooDeep = await text(page, "formulas");
  await typed(page, "I784-H20");
  await totals(page, "15,700");
  complaints.splice(before); // Python tells of its end at length
}

async function withoutNetwork() {
  const page = await opened(`#with=c:1,n:28&net=${LENET}`);
  await page.waitForFunction(() => document.querySelector("#formulas annotation"));
  await page.evaluate(async () => {
    const worker = (await navigator.serviceWorker.ready).active;
    while (worker.state !== "activated") await new Promise((go) => setTimeout(go, 50));
    const kept = async () => (await caches.match("python/sympy.zip")) && caches.match("index.html");
    while (!(await kept())) await new Promise((go) => setTimeout(go, 50));
  });
  await page.context().setOffline(true);
  await page.goto("about:blank");
  await page.goto(`${address}#with=c:1,n:28&net=${LENET}`);
  await page.waitForFunction(() => document.querySelector("#formulas annotation"));
  seen.offline = { params: await text(page, "params"), formula: await formula(page) };
  await page.context().close();
}

async function phone() {
  const page = await opened("#net=I-C-P-C-P-H-O", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
  await page.waitForFunction(() => document.querySelector("#formulas annotation"));
  seen.phone = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  seen.accessible.phone = await findings(page);
  await page.screenshot({ path: `${pictures}/page-phone.png`, fullPage: true });
  await page.context().close();
}

async function withoutWebAssembly() {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete self.WebAssembly;\n${await response.text()}` });
  });
  await page.goto(address);
  await complained(page, "stopped");
  seen.withoutWebAssembly = await text(page, "message");
  await context.close();
}

async function oneFile() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url().split(":")[0]));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(single).href + `#with=c:1,n:28&net=${LENET}`);
  await page.waitForFunction(() => document.querySelector("#formulas annotation"), null, { timeout: 90_000 });
  seen.single = { params: await text(page, "params"), formula: await formula(page), asked: [...new Set(asked)] };
  await context.close();
}

async function elsewhere() {
  const page = await opened("#net=I784-H10");
  await answered(page);
  const before = complaints.length;
  seen.elsewhere = await page.evaluate(() => fetch("http://127.0.0.2:9/").then(() => "let through", () => "refused"));
  seen.refusals = complaints.splice(before);
  await page.context().close();
}

const page = await numbers();
for (const part of [symbols, mistakes, links, zoo, pasted, copies, hostile, stopping, tooDeep, withoutNetwork, phone, withoutWebAssembly, oneFile, elsewhere]) {
  await part(page);
}
await browser.close();
console.log(JSON.stringify({ ...seen, hosts: [...new Set(requests.map((url) => new URL(url).host))], complaints }));
