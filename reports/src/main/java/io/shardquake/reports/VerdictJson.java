package io.shardquake.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.ValueJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code verdict.json}: the verdict for machines, of the form that {@code verdict.schema.json}
 * publishes.
 */
public final class VerdictJson implements Report {
  static final int VERSION = 1;
  private final JsonFactory json = new JsonFactory();

  @Override
  public String fileName() {
    return "verdict.json";
  }

  @Override
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Path file)
      throws IOException {
    WholeFile.replace(file, writer -> write(run, evidence, verdict, writer));
  }

  /** The same document as text, for standard output. */
  public String render(RunSummary run, Evidence evidence, Verdict verdict) {
    StringWriter text = new StringWriter();
    try {
      write(run, evidence, verdict, text);
    } catch (IOException e) {
      throw new AssertionError("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  /**
   * Reads a document back, so that it can be shown without judging again.
   *
   * @throws IOException if the file cannot be read or is not such a document; the message says in
   *     one line what is wrong
   */
  public SavedVerdict read(Path file) throws IOException {
    return SavedVerdict.read(file);
  }

  /**
   * Writes a verdict alone, without the run that it is about, to be read by {@link #readPart}.
   *
   * @throws IOException if the file cannot be written
   */
  public void writePart(Verdict verdict, Path file) throws IOException {
    WholeFile.replace(
        file,
        writer -> {
          try (JsonGenerator out = json.createGenerator(writer)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            out.writeFieldName("verdict");
            verdict(out, verdict);
            out.writeEndObject();
            out.writeRaw('\n');
          }
        });
  }

  /**
   * Reads what {@link #writePart} wrote.
   *
   * @throws IOException as {@link #read}
   */
  public Verdict readPart(Path file) throws IOException {
    return SavedVerdict.readPart(file);
  }

  private void write(RunSummary run, Evidence evidence, Verdict verdict, Writer writer)
      throws IOException {
    try (JsonGenerator out = json.createGenerator(writer)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      run(out, run);
      evidence(out, evidence);
      out.writeFieldName("verdict");
      verdict(out, verdict);
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private static void run(JsonGenerator out, RunSummary run) throws IOException {
    out.writeObjectFieldStart("run");
    out.writeStringField("name", run.name());
    out.writeStringField("commandLine", run.commandLine());
    if (run.seed().isPresent()) {
      out.writeNumberField("seed", run.seed().orElseThrow());
    } else {
      out.writeNullField("seed");
    }
    out.writeStringField("target", run.target());
    out.writeStringField("server", run.server());
    out.writeObjectFieldStart("versions");
    for (Map.Entry<String, String> version : run.versions().entrySet()) {
      out.writeStringField(version.getKey(), version.getValue());
    }
    out.writeEndObject();
    if (run.start().isPresent()) {
      out.writeStringField("start", run.start().orElseThrow().toString());
    } else {
      out.writeNullField("start");
    }
    out.writeNumberField("durationNanos", run.duration().toNanos());
    out.writeStringField("contract", run.contract());
    out.writeArrayFieldStart("plan");
    for (PlannedFault fault : run.plan()) {
      out.writeStartObject();
      out.writeNumberField("number", fault.number());
      out.writeStringField("kind", fault.kind());
      out.writeStringField("where", fault.where());
      out.writeNumberField("atNanos", fault.atNanos());
      out.writeNumberField("durationNanos", fault.durationNanos());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("runDirectory", run.runDirectory().toString());
    out.writeEndObject();
  }

  private static void evidence(JsonGenerator out, Evidence evidence) throws IOException {
    out.writeObjectFieldStart("evidence");
    out.writeNumberField("operations", evidence.history().size());
    out.writeNumberField("topologySamples", evidence.topology().samples().size());
    out.writeNumberField("faultEvents", evidence.faults().events().size());
    out.writeEndObject();
  }

  private static void verdict(JsonGenerator out, Verdict verdict) throws IOException {
    out.writeStartObject();
    out.writeStringField("checker", verdict.checker());
    out.writeStringField("validity", verdict.validity().name());
    out.writeStringField("reason", verdict.reason());
    out.writeArrayFieldStart("findings");
    for (Finding finding : verdict.findings()) {
      finding(out, finding);
    }
    out.writeEndArray();
    out.writeFieldName("statistics");
    ValueJson.write(out, verdict.statistics());
    out.writeArrayFieldStart("parts");
    for (Verdict part : verdict.parts()) {
      verdict(out, part);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void finding(JsonGenerator out, Finding finding) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", finding.kind());
    out.writeStringField("severity", finding.severity().name());
    out.writeStringField("summary", finding.summary());
    out.writeStringField("explanation", finding.explanation());
    out.writeArrayFieldStart("operations");
    for (long operation : finding.operations()) {
      out.writeNumber(operation);
    }
    out.writeEndArray();
    out.writeFieldName("data");
    ValueJson.write(out, finding.data());
    out.writeEndObject();
  }
}
