package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** {@code report.html}: the verdict for people, one file that needs no network. */
public final class HtmlReport implements Report {
  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Path file)
      throws IOException {
    WholeFile.replace(file, writer -> page(run, verdict, writer));
  }

  private static void page(RunSummary run, Verdict verdict, Writer writer) throws IOException {
    writer.write("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>");
    writer.write(escape(run.name()));
    writer.write("</title><h1>" + verdict.validity() + "</h1><p>");
    writer.write(escape(verdict.reason()));
    writer.write("</p></html>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
