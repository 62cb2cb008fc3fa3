(function () {
  "use strict";
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };

  // Sortable tables: a button in each head, numbers as numbers, sums stay at the end.
  each(document.querySelectorAll("table[data-sort]"), function (table) {
    var body = table.tBodies[0], heads = table.tHead.rows[0].cells;
    var original = Array.prototype.slice.call(body.rows);
    each(heads, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var next = now === "ascending" ? "descending" : now === "descending" ? "" : "ascending";
        each(heads, function (other) { other.removeAttribute("aria-sort"); });
        var rows = original.slice();
        if (next) {
          head.setAttribute("aria-sort", next);
          var sign = next === "ascending" ? 1 : -1;
          var value = function (row) { return row.cells[column].textContent.trim(); };
          var number = function (text) { var found = /^[-\u2212]?[\d.,]+/.exec(text); return found ? parseFloat(found[0].replace("\u2212", "-").replace(/,/g, "")) : NaN; };
          rows.sort(function (a, b) {
            if (a.className !== b.className) { return a.className ? 1 : -1; }
            var x = value(a), y = value(b), m = number(x), n = number(y);
            if (!isNaN(m) && !isNaN(n)) { return sign * (m - n); }
            if (isNaN(m) !== isNaN(n)) { return isNaN(m) ? 1 : -1; }
            return sign * x.localeCompare(y, document.documentElement.lang);
          });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  });

  // Print shows what the screen folds.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = [];
    each(document.querySelectorAll("details:not([open])"), function (part) { folded.push(part); part.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (part) { part.open = false; }); });

  // What if: the same weighted means as the report, over scores the reader changes.
  var holder = document.getElementById("calculator-data");
  if (!holder) { return; }
  var data = JSON.parse(holder.textContent), items = data.items, nodes = data.nodes, labels = data.labels;
  var now = {}, trial = {};
  Object.keys(items).forEach(function (code) { now[code] = items[code].score; trial[code] = items[code].score; });

  // The ways a node makes its score from those below it; the report's own, one for one.
  function lowest(code, scores) {
    if (items[code]) { return scores[code]; }
    var least = null;
    nodes[code].children.forEach(function (child) {
      var value = lowest(child.code, scores);
      if (value !== null && (least === null || value < least)) { least = value; }
    });
    return least;
  }
  function scoreOf(code, scores) {
    if (items[code]) { return scores[code]; }
    var node = nodes[code], kind = node.aggregation, parts = [], total = 0, sum = 0, going = true;
    node.children.forEach(function (child) {
      var value = scoreOf(child.code, scores);
      if (value === null || !(child.weight > 0)) { return; }
      parts.push({ code: child.code, value: value, weight: child.weight });
      total += child.weight;
    });
    if (!parts.length) { return null; }
    if (kind === "weakest") { return Math.min.apply(null, parts.map(function (part) { return part.value; })); }
    if (kind === "discount") { return parts.length === 2 ? parts[0].value * (1 - parts[1].value / 100) : null; }
    parts.forEach(function (part) {
      var least = Math.max(part.value, node.floor), done;
      if (kind === "sum") { sum += items[part.code] ? part.weight * part.value / 100 : part.value; return; }
      if (kind === "geometric") { sum += part.weight * Math.log(least); return; }
      if (kind === "harmonic") { sum += part.weight / least; return; }
      if (kind === "weighted_mean") { sum += part.weight * part.value; return; }
      done = (kind === "cumulative" ? lowest(part.code, scores) : part.value) >= node.pass - 1e-9;
      if (kind === "hurdle") { sum += going ? part.weight * part.value : 0; }
      else if (done && (going || kind === "share_of_yes")) { sum += 100 * part.weight; }
      going = going && done;
    });
    if (kind === "sum") { return sum; }
    if (kind === "geometric") { return Math.exp(sum / total); }
    return kind === "harmonic" ? total / sum : sum / total;
  }
  function show(value) { return value === null ? "\u2014" : value.toFixed(data.decimals); }
  function graded(scores) {
    var base = scoreOf(data.root, scores);
    return base === null ? null : Math.min(Math.max(base - data.deductions, 0), data.maximum);
  }
  function bandOf(value) {
    var found = null;
    data.bands.forEach(function (band) { if (value !== null && value >= band.from - 1e-9) { found = band; } });
    return found;
  }
  function failing(scores, level) {
    return data.gates.filter(function (gate) {
      if (gate.stage !== level) { return false; }
      if (gate.fixed !== null) { return !gate.fixed; }
      var values = gate.codes.map(function (code) { return code === data.root ? graded(scores) : scoreOf(code, scores); });
      var hold = values.filter(function (value) { return value !== null && value >= gate.min - 1e-9; }).length;
      var count = values.filter(function (value) { return value !== null; }).length;
      return hold < (gate.count === null ? gate.share * count - 1e-9 : gate.count);
    });
  }
  function show_all() {
    var value = graded(trial), band = bandOf(value);
    document.getElementById("trial-now").textContent = show(graded(now));
    document.getElementById("trial-then").textContent = show(value);
    document.getElementById("trial-stage").textContent = band ? labels.band.replace("{stage}", band.name) : "";
    var lines = [];
    if (band) {
      failing(trial, band.level).forEach(function (gate) { lines.push(gate.words); });
    }
    document.getElementById("trial-gates").textContent = band && data.gates.length ? (lines.length ? labels.failing.replace("{gates}", lines.join(labels.join)) : labels.none) : "";
  }
  var place = document.getElementById("trial-items");
  data.groups.forEach(function (group) {
    var field = document.createElement("fieldset"), legend = document.createElement("legend");
    legend.textContent = group.name;
    field.appendChild(legend);
    group.codes.forEach(function (code) {
      var item = items[code], label = document.createElement("label"), name = document.createElement("span"), input;
      name.className = "name";
      name.textContent = code + "\u3000" + item.name;
      if (item.steps.length) {
        input = document.createElement("select");
        item.steps.forEach(function (step) {
          var option = document.createElement("option");
          option.value = step[0];
          option.textContent = step[1];
          input.appendChild(option);
        });
        if (item.score === null || !item.steps.some(function (step) { return Math.abs(step[0] - item.score) < 1e-9; })) {
          var option = document.createElement("option");
          option.value = item.score === null ? "" : item.score;
          option.textContent = show(item.score);
          input.insertBefore(option, input.firstChild);
        }
        input.value = item.score === null ? "" : item.score;
      } else {
        input = document.createElement("input");
        input.type = "number";
        input.min = 0;
        input.max = 100;
        input.step = "any";
        input.value = item.score === null ? "" : item.score.toFixed(data.decimals);
      }
      input.setAttribute("data-code", code);
      input.addEventListener("input", function () {
        var typed = parseFloat(input.value);
        trial[code] = isNaN(typed) ? null : Math.min(Math.max(typed, 0), 100);
        name.className = input.value === start ? "name" : "name changed";
        if (input.value === start) { trial[code] = item.score; }
        show_all();
      });
      var start = input.value;
      input.reset = function () { input.value = start; name.className = "name"; };
      label.appendChild(name);
      label.appendChild(input);
      field.appendChild(label);
    });
    place.appendChild(field);
  });
  document.getElementById("trial-reset").addEventListener("click", function () {
    Object.keys(now).forEach(function (code) { trial[code] = now[code]; });
    each(place.querySelectorAll("select, input"), function (input) { input.reset(); });
    show_all();
  });
  show_all();
})();
