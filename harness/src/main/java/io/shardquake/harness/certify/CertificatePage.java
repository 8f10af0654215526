package io.shardquake.harness.certify;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.conformance.Promise;
import io.shardquake.harness.conformance.Promises;
import io.shardquake.reports.HtmlText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A certificate as one HTML document that needs nothing else: no script, no network. */
final class CertificatePage {
  private static final int MOST_LINES = 80;
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#111827}
      h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
      .banner{border-left:.6rem solid #6b7280;padding:.8rem 1rem;background:#f3f4f6}
      .banner.VALID{border-color:#2b6cb0}.banner.INVALID{border-color:#b45309}
      table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #d1d5db;text-align:left;vertical-align:top}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#4b5563}dd{margin:0;overflow-wrap:anywhere}
      .tag{display:inline-block;min-width:7.5rem;font-weight:600}
      .kept::before{content:"\\2713\\00a0"}.broken::before{content:"\\2717\\00a0"}
      .not-applicable::before{content:"\\2013\\00a0"}.inconclusive::before{content:"?\\00a0"}
      .kept{color:#1d4ed8}.broken{color:#9a3412}.not-applicable{color:#6b7280}.inconclusive{color:#6d28d9}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f9fafb;padding:.6rem;font-size:.8rem}
      summary{cursor:pointer}.source{color:#6b7280;font-size:.85rem}
      @media print{details{display:block}details:not([open])>*{display:block}body{margin:0}}
      """;

  private final Certificate certificate;
  private final Map<String, List<String>> evidence;
  private final Promises promises = Promises.load();
  private final StringBuilder page = new StringBuilder();

  /**
   * @param evidence the lines of each promise's exchange, as far as they are at hand
   */
  private CertificatePage(Certificate certificate, Map<String, List<String>> evidence) {
    this.certificate = certificate;
    this.evidence = evidence;
  }

  static String render(Certificate certificate, Map<String, List<String>> evidence) {
    return new CertificatePage(certificate, evidence).render();
  }

  private String render() {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<link rel=\"icon\" href=\"data:,\">\n");
    page.append("<title>Certificate: ").append(HtmlText.of(certificate.subject().toString()));
    page.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    banner();
    subject();
    chapters();
    trials();
    promises.chapters().forEach(this::chapter);
    page.append("</body>\n</html>\n");
    return page.toString();
  }

  private void banner() {
    Validity validity = certificate.validity();
    page.append("<div class=\"banner ").append(validity).append("\">\n<h1>");
    page.append(HtmlText.of(certificate.subject().toString())).append("</h1>\n<p><strong>");
    page.append(validity).append("</strong>: ");
    page.append(certificate.count(Outcome.KEPT)).append(" promises kept, ");
    page.append(certificate.count(Outcome.BROKEN)).append(" broken, ");
    page.append(certificate.count(Outcome.NOT_APPLICABLE)).append(" not applicable, ");
    page.append(certificate.count(Outcome.INCONCLUSIVE)).append(" inconclusive; ");
    long valid =
        certificate.trials().stream().filter(it -> it.validity() == Validity.VALID).count();
    page.append(valid).append(" of ").append(certificate.trials().size());
    page.append(" experiments VALID.</p>\n</div>\n");
  }

  private void subject() {
    Certificate.Subject subject = certificate.subject();
    page.append("<dl>\n");
    term("Product", subject.toString());
    term("Build", subject.build());
    term("SHA-256 of the server", subject.sha256());
    term("Target", subject.target());
    term("Configuration", subject.configuration());
    term("Profile, level", subject.profile() + ", " + subject.level());
    term("Date", subject.date());
    term("Harness", subject.harness());
    term("Digest over all evidence", certificate.digest());
    page.append("</dl>\n");
  }

  private void term(String name, String value) {
    if (!value.isEmpty()) {
      page.append("<dt>")
          .append(name)
          .append("</dt><dd>")
          .append(HtmlText.of(value))
          .append("</dd>\n");
    }
  }

  private void chapters() {
    page.append("<h2>Chapters</h2>\n<table><thead><tr><th>Chapter</th>");
    for (Outcome outcome : Outcome.values()) {
      page.append("<th>").append(outcome).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    certificate
        .chapters()
        .forEach(
            (letter, counts) -> {
              page.append("<tr><td><a href=\"#").append(letter).append("\">").append(letter);
              page.append(". ").append(HtmlText.of(promises.chapters().getOrDefault(letter, "")));
              page.append("</a></td>");
              for (Outcome outcome : Outcome.values()) {
                Integer count = counts.get(outcome);
                page.append("<td>").append(count == null ? "" : count.toString());
                page.append("</td>");
              }
              page.append("</tr>\n");
            });
    page.append("</tbody></table>\n");
  }

  private void trials() {
    if (certificate.trials().isEmpty()) {
      return;
    }
    page.append("<h2>Experiments</h2>\n<table><thead><tr><th>Name</th><th>Seed</th>");
    page.append("<th>Verdict</th><th>Reason</th></tr></thead>\n<tbody>\n");
    for (Certificate.TrialEntry trial : certificate.trials()) {
      page.append("<tr><td><a href=\"").append(HtmlText.of(trial.run())).append("/report.html\">");
      page.append(HtmlText.of(trial.name())).append("</a></td><td>").append(trial.seed());
      page.append("</td><td>").append(trial.validity()).append("</td><td>");
      page.append(HtmlText.of(trial.reason())).append("</td></tr>\n");
    }
    page.append("</tbody></table>\n");
  }

  private void chapter(String letter, String title) {
    List<Certificate.PromiseEntry> entries =
        certificate.promises().stream().filter(it -> it.id().startsWith(letter)).toList();
    if (entries.isEmpty()) {
      return;
    }
    page.append("<h2 id=\"").append(letter).append("\">").append(letter).append(". ");
    page.append(HtmlText.of(title)).append("</h2>\n");
    entries.forEach(this::promise);
  }

  private void promise(Certificate.PromiseEntry entry) {
    Promise promise = promises.promise(entry.id());
    String kind = entry.outcome().toString().replace(' ', '-');
    page.append("<details id=\"").append(entry.id()).append("\"");
    page.append(entry.outcome() == Outcome.BROKEN ? " open" : "").append("><summary>");
    page.append("<span class=\"tag ").append(kind).append("\">").append(entry.outcome());
    page.append("</span> <strong>").append(entry.id()).append("</strong> ");
    page.append(HtmlText.of(promise.text())).append("</summary>\n<p class=\"source\">");
    page.append(promise.kind().name().toLowerCase(Locale.ROOT)).append("; ");
    page.append(HtmlText.of(promise.sources())).append("</p>\n");
    if (!entry.detail().isEmpty()) {
      page.append("<p>").append(HtmlText.of(entry.detail())).append("</p>\n");
    }
    List<String> lines = evidence.getOrDefault(entry.id(), List.of());
    if (!lines.isEmpty()) {
      page.append("<pre>");
      int from = Math.max(0, lines.size() - MOST_LINES);
      if (from > 0) {
        page.append("(the last ").append(MOST_LINES).append(" of ").append(lines.size());
        page.append(" lines; all are in ").append(HtmlText.of(entry.evidence())).append(")\n");
      }
      lines
          .subList(from, lines.size())
          .forEach(line -> page.append(HtmlText.of(line)).append('\n'));
      page.append("</pre>\n");
    }
    page.append("</details>\n");
  }
}
