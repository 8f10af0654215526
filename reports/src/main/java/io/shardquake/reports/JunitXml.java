package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: the verdict for the test reports of CI servers. Each checker is a test case;
 * {@link Validity#INVALID} is a failure, and {@link Validity#UNKNOWN} an error and not a skip,
 * since what is not proven must not look green.
 */
public final class JunitXml implements Report {
  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Path file)
      throws IOException {
    WholeFile.replace(file, writer -> write(run, verdict, writer));
  }

  private static void write(RunSummary run, Verdict verdict, Writer writer) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      suite(xml, run, cases(verdict));
      xml.writeEndDocument();
      xml.close();
      writer.write('\n');
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** All checkers; a merged verdict only where it says more than its parts. */
  private static List<Verdict> cases(Verdict verdict) {
    List<Verdict> cases = new ArrayList<>();
    boolean worse =
        verdict.parts().stream().allMatch(p -> p.validity().compareTo(verdict.validity()) < 0);
    if (verdict.parts().isEmpty() || worse || !verdict.findings().isEmpty()) {
      cases.add(verdict);
    }
    verdict.parts().forEach(part -> cases.addAll(cases(part)));
    return cases;
  }

  private static void suite(XMLStreamWriter xml, RunSummary run, List<Verdict> cases)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute(xml, "name", run.name());
    attribute(xml, "tests", String.valueOf(cases.size()));
    attribute(xml, "failures", count(cases, Validity.INVALID));
    attribute(xml, "errors", count(cases, Validity.UNKNOWN));
    attribute(xml, "skipped", "0");
    attribute(xml, "time", String.format(Locale.ROOT, "%.3f", run.duration().toNanos() / 1e9));
    if (run.start().isPresent()) {
      attribute(xml, "timestamp", run.start().get().toString());
    }
    properties(xml, run);
    for (Verdict verdict : cases) {
      testCase(xml, run, verdict);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static String count(List<Verdict> cases, Validity validity) {
    return String.valueOf(cases.stream().filter(c -> c.validity() == validity).count());
  }

  private static void properties(XMLStreamWriter xml, RunSummary run) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("properties");
    property(xml, "target", run.target());
    property(xml, "server", run.server());
    property(xml, "contract", run.contract());
    property(xml, "seed", run.seed().map(String::valueOf).orElse(""));
    property(xml, "command", run.commandLine());
    for (Map.Entry<String, String> version : run.versions().entrySet()) {
      property(xml, "version." + version.getKey(), version.getValue());
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    if (!value.isEmpty()) {
      xml.writeCharacters("\n    ");
      xml.writeEmptyElement("property");
      attribute(xml, "name", name);
      attribute(xml, "value", value);
    }
  }

  private static void testCase(XMLStreamWriter xml, RunSummary run, Verdict verdict)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", "shardquake." + run.name());
    attribute(xml, "name", verdict.checker());
    attribute(xml, "time", "0");
    switch (verdict.validity()) {
      case VALID -> {}
      case INVALID -> problem(xml, "failure", "contract-broken", verdict);
      case UNKNOWN -> problem(xml, "error", "undecided", verdict);
    }
    if (verdict.validity() == Validity.VALID && !verdict.findings().isEmpty()) {
      xml.writeStartElement("system-out");
      text(xml, told(verdict));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void problem(XMLStreamWriter xml, String element, String type, Verdict verdict)
      throws XMLStreamException {
    xml.writeStartElement(element);
    attribute(xml, "message", verdict.reason());
    attribute(xml, "type", type);
    text(xml, told(verdict));
    xml.writeEndElement();
  }

  private static String told(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : verdict.findings()) {
      text.append(finding.severity()).append(' ').append(finding.summary()).append('\n');
      finding.explanation().lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, VisibleText.of(value));
  }

  /** XML 1.0 has no way to write most control characters: they are shown by their codes. */
  private static void text(XMLStreamWriter xml, String text) throws XMLStreamException {
    for (String line : text.split("\n", -1)) {
      xml.writeCharacters(VisibleText.of(line));
      xml.writeCharacters("\n");
    }
  }
}
