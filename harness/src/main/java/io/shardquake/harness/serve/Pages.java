package io.shardquake.harness.serve;

import io.shardquake.checkers.Finding;
import io.shardquake.reports.HtmlText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The pages, as text. They need no script. Whatever comes from a run is escaped: it holds names and
 * values that others chose.
 */
final class Pages {
  private static final int MOST_FINDINGS = 50;

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:1.5rem auto;padding:0 1rem;color:#111827;background:#fff}
      h1{font-size:1.5rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}a{color:#1d4ed8}
      table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #d1d5db;text-align:left;vertical-align:top}
      td{overflow-wrap:anywhere}th{white-space:nowrap}tr.differs td{background:#fef3c7}
      form.search{display:flex;gap:.6rem;flex-wrap:wrap;margin:1rem 0}input[type=search]{flex:1;min-width:12rem}
      input,select,button{font:inherit;padding:.3rem .6rem}
      .verdict{font-weight:600;white-space:nowrap}.VALID{color:#1d4ed8}.INVALID{color:#9a3412}.UNKNOWN{color:#6d28d9}.none{color:#4b5563}
      .VALID::before{content:"\\2713\\00a0"}.INVALID::before{content:"\\2717\\00a0"}.UNKNOWN::before{content:"?\\00a0"}.none::before{content:"\\2013\\00a0"}
      .note{color:#4b5563}code{background:#f3f4f6;padding:.1rem .3rem}
      :focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
      @media print{form,button{display:none}}
      """;

  private Pages() {}

  /**
   * The list.
   *
   * @param runs those to show
   * @param of how many there are in all
   * @param query what was searched for
   * @param verdict the verdict that was asked for; empty for any
   */
  static String list(Path root, List<StoredRun> runs, int of, String query, String verdict) {
    StringBuilder page = begin("Runs");
    page.append("<h1>Runs</h1>\n<p class=\"note\">").append(runs.size()).append(" of ");
    page.append(of).append(" in <code>").append(text(root.toString())).append("</code></p>\n");
    search(page, query, verdict);
    page.append("<form action=\"/compare\" method=\"get\">\n<table id=\"runs\"><thead><tr>");
    page.append("<th><span class=\"note\">Compare</span></th><th>Run</th><th>Verdict</th>");
    page.append("<th>Server</th><th>Reason</th><th></th></tr></thead>\n<tbody>\n");
    for (StoredRun run : runs) {
      page.append("<tr><td><input type=\"checkbox\" name=\"run\" value=\"");
      page.append(text(run.name())).append("\" aria-label=\"compare ").append(text(run.name()));
      page.append("\"></td><td><a href=\"").append(home(run)).append("\">");
      page.append(text(run.name())).append("</a>");
      page.append(run.kind() == StoredRun.Kind.CERTIFICATE ? " (certificate)" : "");
      page.append("</td><td>").append(verdict(run)).append("</td><td>");
      page.append(text(server(run))).append("</td><td>").append(text(run.reason()));
      page.append("</td><td><a href=\"")
          .append(home(run))
          .append("/download\">zip</a></td></tr>\n");
    }
    page.append("</tbody></table>\n<p><button type=\"submit\">Compare the two chosen</button></p>");
    return end(page.append("\n</form>\n"));
  }

  private static String server(StoredRun run) {
    String server = run.facts().getOrDefault("server", "");
    String first = server.split("[(,]", 2)[0].strip();
    return first.isEmpty() ? run.facts().getOrDefault("target", "") : first;
  }

  private static void search(StringBuilder page, String query, String verdict) {
    page.append("<form class=\"search\" action=\"/\" method=\"get\" role=\"search\">");
    page.append("<input type=\"search\" name=\"q\" aria-label=\"Search\" placeholder=\"");
    page.append("Search names, servers, reasons, findings, seeds\" value=\"").append(text(query));
    page.append("\"><select name=\"verdict\" aria-label=\"Verdict\">");
    for (String choice : List.of("", "VALID", "INVALID", "UNKNOWN", "not judged")) {
      page.append("<option value=\"").append(choice).append('"');
      page.append(choice.equals(verdict) ? " selected" : "").append('>');
      page.append(choice.isEmpty() ? "any verdict" : choice).append("</option>");
    }
    page.append("</select><button type=\"submit\">Search</button></form>\n");
  }

  /** One run: what is known of it, what was found, its files. */
  static String run(StoredRun run, List<Path> files) {
    StringBuilder page = begin(run.name());
    page.append("<p><a href=\"/\">All runs</a></p>\n<h1>").append(text(run.name()));
    page.append("</h1>\n<p>").append(verdict(run)).append(' ').append(text(run.reason()));
    page.append("</p>\n<p>");
    for (String shown : List.of("report.html", "certificate.html")) {
      if (files.contains(Path.of(shown))) {
        page.append("<a href=\"").append(home(run)).append("/files/").append(shown);
        page.append("\">Open ").append(shown).append("</a> · ");
      }
    }
    page.append("<a href=\"").append(home(run)).append("/download\">Download all as zip</a></p>\n");
    page.append("<h2>Facts</h2>\n<table id=\"facts\"><tbody>\n");
    run.facts()
        .forEach(
            (name, value) -> {
              page.append("<tr><th>").append(text(name)).append("</th><td>");
              page.append(text(value)).append("</td></tr>\n");
            });
    page.append("</tbody></table>\n");
    findings(page, run);
    page.append("<h2>Files</h2>\n<ul id=\"files\">\n");
    for (Path file : files) {
      page.append("<li><a href=\"").append(home(run)).append("/files/").append(encoded(file));
      page.append("\">").append(text(file.toString())).append("</a></li>\n");
    }
    return end(page.append("</ul>\n"));
  }

  private static void findings(StringBuilder page, StoredRun run) {
    if (run.findings().isEmpty()) {
      return;
    }
    page.append("<h2>Findings</h2>\n<table id=\"findings\"><tbody>\n");
    for (Finding finding : run.findings().stream().limit(MOST_FINDINGS).toList()) {
      page.append("<tr><td>").append(finding.severity()).append("</td><td>");
      page.append(text(finding.kind())).append("</td><td>").append(text(finding.summary()));
      page.append("</td></tr>\n");
    }
    page.append("</tbody></table>\n");
    if (run.findings().size() > MOST_FINDINGS) {
      page.append("<p class=\"note\">The first ").append(MOST_FINDINGS).append(" of ");
      page.append(run.findings().size()).append("; all are in verdict.json.</p>\n");
    }
  }

  /**
   * Two of them side by side.
   *
   * @param differences what else differs, a line each
   */
  static String comparison(StoredRun one, StoredRun other, List<String> differences) {
    StringBuilder page = begin("Comparison");
    page.append(
        "<p><a href=\"/\">All runs</a></p>\n<h1>Comparison</h1>\n<table id=\"comparison\">");
    page.append("<thead><tr><th></th><th><a href=\"").append(home(one)).append("\">");
    page.append(text(one.name())).append("</a></th><th><a href=\"").append(home(other));
    page.append("\">").append(text(other.name())).append("</a></th></tr></thead>\n<tbody>\n");
    row(page, "verdict", one.verdictText(), other.verdictText());
    row(page, "reason", one.reason(), other.reason());
    Map<String, String> before = compared(one);
    Map<String, String> after = compared(other);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.forEach(
        name -> row(page, name, before.getOrDefault(name, ""), after.getOrDefault(name, "")));
    page.append("</tbody></table>\n");
    if (!differences.isEmpty()) {
      page.append("<h2>Promises and experiments that differ</h2>\n<ul id=\"differences\">\n");
      differences.forEach(line -> page.append("<li>").append(text(line)).append("</li>\n"));
      page.append("</ul>\n");
    }
    return end(page);
  }

  /** Facts, and how many findings there are of each kind. */
  private static Map<String, String> compared(StoredRun run) {
    Map<String, String> compared = new TreeMap<>(run.facts());
    run.findings().stream()
        .collect(Collectors.groupingBy(Finding::kind, Collectors.counting()))
        .forEach((kind, count) -> compared.put("findings: " + kind, count.toString()));
    return compared;
  }

  private static void row(StringBuilder page, String name, String one, String other) {
    page.append(one.equals(other) ? "<tr>" : "<tr class=\"differs\">").append("<th>");
    page.append(text(name)).append("</th><td>").append(text(one)).append("</td><td>");
    page.append(text(other)).append("</td></tr>\n");
  }

  /** What went wrong, for people. */
  static String problem(String message) {
    StringBuilder page = begin("Shardquake");
    page.append("<p><a href=\"/\">All runs</a></p>\n<h1>").append(text(message)).append("</h1>\n");
    return end(page);
  }

  private static String verdict(StoredRun run) {
    String name = run.verdict().map(Enum::name).orElse("none");
    return "<span class=\"verdict " + name + "\">" + run.verdictText() + "</span>";
  }

  private static String home(StoredRun run) {
    return "/runs/" + encoded(Path.of(run.name()));
  }

  private static String encoded(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static StringBuilder begin(String title) {
    return new StringBuilder("<!doctype html>\n<html lang=\"en\" data-ready=\"true\">\n<head>\n")
        .append("<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .append(text(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n");
  }

  private static String end(StringBuilder page) {
    return page.append("</body>\n</html>\n").toString();
  }

  private static String text(String text) {
    return HtmlText.of(text);
  }

  /** The words of a query. */
  static List<String> words(String query) {
    return Arrays.stream(query.strip().split("\\s+", -1)).filter(it -> !it.isEmpty()).toList();
  }
}
