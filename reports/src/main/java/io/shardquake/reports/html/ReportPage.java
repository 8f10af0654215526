package io.shardquake.reports.html;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import io.shardquake.reports.RunSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts style, scripts and data into the page. Immutable. */
public final class ReportPage {
  private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

  private final PageAssets assets;
  private final ScriptSafeJson json = new ScriptSafeJson();

  private ReportPage(PageAssets assets) {
    this.assets = assets;
  }

  /**
   * With the parts of the page that come with this program.
   *
   * @throws IOException if the installation is incomplete
   */
  public static ReportPage load() throws IOException {
    return new ReportPage(PageAssets.load());
  }

  /** Writes the page. */
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Writer out)
      throws IOException {
    PageData data = PageData.of(run, evidence, verdict, PageBounds.DEFAULT);
    String headline = verdict.validity() + ": " + run.name();
    Map<String, String> parts =
        Map.of(
            "csp", assets.contentSecurityPolicy(),
            "title", escaped(headline + " – Shardquake"),
            "style", assets.style(),
            "noscript", escaped(headline + ". " + verdict.reason()),
            "data", json.write(data),
            "charts", assets.charts(),
            "script", assets.script());
    Matcher place = PLACE.matcher(assets.template());
    int copied = 0;
    while (place.find()) {
      out.append(assets.template(), copied, place.start());
      out.write(parts.get(place.group(1)));
      copied = place.end();
    }
    out.append(assets.template(), copied, assets.template().length());
  }

  /** Text for the content of an element: markup is escaped, and control characters are shown. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = Character.isLetterOrDigit(c) || " .,:;-–()/=+#_@".indexOf(c) >= 0;
              safe.append(plain ? Character.toString(c) : "&#" + replaced(c) + ";");
            });
    return safe.toString();
  }

  private static int replaced(int c) {
    boolean unseen =
        Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT
            || Character.getType(c) == Character.SURROGATE;
    return unseen ? 0xfffd : c;
  }
}
