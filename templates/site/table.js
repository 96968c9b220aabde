// The table of all actions: filters, search and sorting, kept in the address; it asks nobody for anything.
"use strict";
(() => {
  const data = window.mrtrackActions;
  const form = document.getElementById("_filters");
  const table = document.getElementById("_table");
  const pages = document.getElementById("_pages");
  const found = document.getElementById("_found");
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll("th[data-key]")];
  const names = ["q", "show", "status", "decision", "unit", "organisation", "year"];
  const flags = { "open": 1, "overdue": 2, "long-overdue": 4, "due-soon": 8, "stale": 16, "disputed": 32 };
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const PER_PAGE = 25;
  const MOST_PRINTED = 2000;

  const { rows, evaluations, units, dues, late } = data;
  const EVALUATION = 0, ID = 1, WORDS = 2, TEXT = 3, LEAD = 4, SUPPORT = 5, DUE = 6, STATUS = 7, DECISION = 8, FLAGS = 9, DAYS = 10;
  const statusNames = labels("status");
  const decisionNames = labels("decision");

  function labels(name) {
    const named = new Map();
    for (const option of form.elements[name].options) named.set(option.value, option.text);
    return named;
  }

  function plain(text) {
    const lower = text.toLowerCase();
    return /[^\x00-\x7f]/.test(lower) ? lower.normalize("NFD").replace(/\p{M}+/gu, "") : lower;
  }

  const plainEvaluations = evaluations.map((one) => plain(one.join("\n")));
  const plainUnits = units.map((one) => plain(one[0]));
  const words = rows.map((row) => {
    const parts = [evaluations[row[EVALUATION]][0] + ":" + row[ID], plain(row[WORDS]), plain(row[TEXT])];
    if (row[LEAD] >= 0) parts.push(plainUnits[row[LEAD]]);
    for (const unit of row[SUPPORT]) parts.push(plainUnits[unit]);
    parts.push(plainEvaluations[row[EVALUATION]]);
    return parts.join("\n");
  });

  const fits = new Uint8Array(rows.length);

  // Sorting: the places of all rows in an order; a filter keeps it.
  const ranks = new Map();
  function rank(list, key) {
    if (!ranks.has(key)) {
      const places = list.map((_, place) => place).sort((a, b) => collator.compare(list[a], list[b]));
      const rank = new Array(list.length);
      places.forEach((place, at) => { rank[place] = at; });
      ranks.set(key, rank);
    }
    return ranks.get(key);
  }
  const statusOrder = ["not-stated", "not-initiated", "initiated", "completed", "no-longer-applicable"];
  const values = {
    due: () => rows.map((row) => (row[DUE] < 0 ? Infinity : Date.parse(dues[row[DUE]][1]))),
    action: () => rank(rows.map((row) => evaluations[row[EVALUATION]][0] + ":" + row[ID]), "action"),
    evaluation: () => {
      const order = rank(evaluations.map((one) => one[1]), "evaluation");
      return rows.map((row) => order[row[EVALUATION]]);
    },
    lead: () => {
      const order = rank(units.map((one) => one[0]), "lead");
      return rows.map((row) => (row[LEAD] < 0 ? Infinity : order[row[LEAD]]));
    },
    status: () => rows.map((row) => statusOrder.indexOf(row[STATUS]) * 1e6 - row[DAYS]),
  };
  const orders = new Map();
  function order(sort) {
    if (!orders.has(sort)) {
      const down = sort.startsWith("-");
      const by = values[down ? sort.slice(1) : sort]();
      const places = rows.map((_, place) => place);
      places.sort((a, b) => {
        if (by[a] === by[b]) return a - b;
        if (by[a] === Infinity) return 1;
        if (by[b] === Infinity) return -1;
        return down ? by[b] - by[a] : by[a] - by[b];
      });
      orders.set(sort, places);
    }
    return orders.get(sort);
  }

  // What is asked: read from the address, shown in the form, and written back.
  const FIRST_SORT = "due";
  let asked = {};
  let page = 0;
  let shown = [];
  let narrowed = "";

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    asked = { sort: FIRST_SORT };
    for (const name of names) asked[name] = given.get(name) || "";
    const sort = given.get("sort") || FIRST_SORT;
    if (values.hasOwnProperty(sort.replace(/^-/, ""))) asked.sort = sort;
    page = Math.max(0, (parseInt(given.get("page"), 10) || 1) - 1);
    for (const name of names) {
      const field = form.elements[name];
      field.value = asked[name];
      if (field.value !== asked[name]) asked[name] = field.value = "";
    }
  }

  function toAddress(typing) {
    const kept = new URLSearchParams();
    for (const name of names) if (asked[name]) kept.set(name, asked[name]);
    if (asked.sort !== FIRST_SORT) kept.set("sort", asked.sort);
    if (page) kept.set("page", page + 1);
    const hash = "#" + kept.toString();
    if (hash === (location.hash || "#")) return;
    history[typing ? "replaceState" : "pushState"](null, "", hash);
  }

  function choose() {
    const flag = flags[asked.show] || 0;
    const unit = asked.unit ? units.findIndex((one) => one[0] === asked.unit) : -1;
    const wanted = plain(asked.q.trim()).split(/\s+/).filter(Boolean);
    const fixed = JSON.stringify([asked.show, asked.status, asked.decision, asked.unit, asked.organisation, asked.year, asked.sort]);
    const asking = fixed + asked.q.trim();
    const narrower = narrowed && wanted.length === 1 && asking.startsWith(narrowed) && narrowed.length >= fixed.length;
    const from = narrower ? shown : order(asked.sort);
    narrowed = wanted.length <= 1 ? asking : "";
    const first = wanted[0] || "";
    const simple = !flag && unit < 0 && !asked.status && !asked.decision && !asked.organisation && !asked.year && wanted.length <= 1;
    const result = [];
    if (simple && from.length > rows.length / 4) {
      // In the order of the rows, as they lie in memory: much sooner than in the order of the table.
      words.forEach((text, place) => { fits[place] = text.includes(first) ? 1 : 0; });
      for (const place of order(asked.sort)) if (fits[place]) result.push(place);
    } else if (simple || narrower) {
      for (const place of from) if (words[place].includes(first)) result.push(place);
    } else {
      for (const place of from) {
        const row = rows[place];
        if (flag && !(row[FLAGS] & flag)) continue;
        if (asked.status && row[STATUS] !== asked.status) continue;
        if (asked.decision && row[DECISION] !== asked.decision) continue;
        if (unit >= 0 && row[LEAD] !== unit && !row[SUPPORT].includes(unit)) continue;
        if (asked.organisation && evaluations[row[EVALUATION]][2] !== asked.organisation) continue;
        if (asked.year && (row[DUE] < 0 || dues[row[DUE]][1].slice(0, 4) !== asked.year)) continue;
        if (!wanted.every((word) => words[place].includes(word))) continue;
        result.push(place);
      }
    }
    shown = result;
  }

  // Drawing: rows are made once and filled again.
  const drawn = [];
  function element(name, kind, parent) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    parent.append(made);
    return made;
  }
  function blank() {
    const row = document.createElement("tr");
    const cell = (kind) => element("td", kind, row);
    const due = cell("c-due").appendChild(document.createTextNode(""));
    const action = cell("c-action");
    const ref = element("a", "ref", action);
    const text = element("span", "words", action);
    text.dir = "auto";
    const evaluation = element("a", "", cell("c-evaluation"));
    evaluation.dir = "auto";
    const leadCell = cell("c-lead");
    const lead = element("a", "", leadCell);
    lead.dir = "auto";
    const noLead = element("span", "", leadCell);
    noLead.textContent = table.dataset.noLead;
    const status = cell("c-status");
    const chip = element("span", "", status);
    const lateText = element("span", "late", status);
    return { row, due, ref, text, evaluation, lead, noLead, chip, late: lateText };
  }
  function fill(slot, place) {
    if (slot.place === place) return;
    slot.place = place;
    const row = rows[place];
    const [id, title] = evaluations[row[EVALUATION]];
    const href = "evaluations/" + id + ".html";
    slot.due.data = row[DUE] < 0 ? table.dataset.noDate : dues[row[DUE]][2];
    slot.ref.textContent = id + ":" + row[ID];
    slot.ref.href = href + "#" + row[ID];
    slot.text.textContent = row[TEXT] ? row[WORDS] + ". " + row[TEXT] : row[WORDS];
    slot.evaluation.textContent = title;
    slot.evaluation.href = href;
    slot.lead.hidden = row[LEAD] < 0;
    slot.noLead.hidden = row[LEAD] >= 0;
    slot.lead.textContent = row[LEAD] < 0 ? "" : units[row[LEAD]][0];
    if (row[LEAD] >= 0) slot.lead.href = units[row[LEAD]][1];
    slot.chip.textContent = statusNames.get(row[STATUS]) || row[STATUS];
    slot.chip.className = "chip t-" + (row[FLAGS] & flags.overdue ? "overdue" : row[STATUS]);
    slot.late.textContent = row[DAYS] ? late[row[DAYS]] : row[FLAGS] & flags["due-soon"] ? table.dataset.dueSoon : "";
  }
  function draw(most = PER_PAGE) {
    const count = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    page = Math.min(page, count - 1);
    const begin = most === PER_PAGE ? page * PER_PAGE : 0;
    const visible = shown.slice(begin, begin + most);
    visible.forEach((place, at) => {
      if (!drawn[at]) drawn[at] = blank();
      fill(drawn[at], place);
      if (body.rows[at] !== drawn[at].row) body.append(drawn[at].row);
    });
    while (body.rows.length > visible.length) body.lastElementChild.remove();
    table.hidden = !visible.length;
    found.textContent = shown.length
      ? found.dataset.found.replace("{shown}", number.format(shown.length)).replace("{all}", number.format(rows.length))
      : found.dataset.none;
    pages.hidden = count < 2;
    pages.querySelector("span").textContent = pages.dataset.page.replace("{page}", number.format(page + 1)).replace("{pages}", number.format(count));
    pages.querySelector("[data-step='-1']").disabled = !page;
    pages.querySelector("[data-step='1']").disabled = page >= count - 1;
    for (const head of heads) {
      const key = head.dataset.key;
      head.setAttribute("aria-sort", asked.sort === key ? "ascending" : asked.sort === "-" + key ? "descending" : "none");
    }
  }
  function answer() {
    choose();
    draw();
  }

  function fillChoices() {
    const add = (name, choices) => {
      for (const choice of choices) form.elements[name].add(new Option(choice, choice));
    };
    add("unit", units.map((one) => one[0]).sort(collator.compare));
    add("organisation", [...new Set(evaluations.map((one) => one[2]))].filter(Boolean).sort(collator.compare));
    add("year", [...new Set(dues.map((one) => one[1].slice(0, 4)))].sort());
  }

  let typing = false;
  form.addEventListener("input", (event) => {
    const name = event.target.name;
    asked[name] = event.target.value;
    page = 0;
    answer();
    toAddress(name === "q" && typing);
    typing = name === "q";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of names) asked[name] = form.elements[name].value = "";
    page = 0;
    typing = false;
    answer();
    toAddress(false);
  });
  for (const head of heads) {
    head.firstElementChild.addEventListener("click", () => {
      const key = head.dataset.key;
      asked.sort = asked.sort === key ? "-" + key : key;
      page = 0;
      typing = false;
      answer();
      toAddress(false);
    });
  }
  pages.addEventListener("click", (event) => {
    const step = Number(event.target.dataset.step || 0);
    if (!step) return;
    page += step;
    typing = false;
    draw();
    toAddress(false);
    found.scrollIntoView({ block: "start" });
  });
  function again() {
    typing = false;
    fromAddress();
    answer();
  }
  window.addEventListener("popstate", again);
  window.addEventListener("hashchange", again);
  window.addEventListener("beforeprint", () => draw(MOST_PRINTED));
  window.addEventListener("afterprint", () => draw());

  fillChoices();
  again();
})();
