package io.shardquake.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class JunitXmlTest {
  @TempDir private Path directory;

  private Element suite(SmallRun run) throws Exception {
    Path file = directory.resolve("junit.xml");
    new JunitXml().write(run.summary(), run.evidence(), run.verdict(), file);
    try (InputStream schema = JunitXmlTest.class.getResourceAsStream("junit.xsd")) {
      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(new StreamSource(schema))
          .newValidator()
          .validate(new StreamSource(file.toFile()));
    }
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    return document.getDocumentElement();
  }

  private static Element only(Element parent, String name) {
    assertThat(parent.getElementsByTagName(name).getLength()).as(name).isEqualTo(1);
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  @Test
  void makesEachCheckerATestCase() throws Exception {
    Element suite = suite(SmallRun.valid());
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(suite.getAttribute("time")).isEqualTo("2.000");
    Element first = (Element) suite.getElementsByTagName("testcase").item(0);
    assertThat(first.getAttribute("name")).isEqualTo("linearizable");
    assertThat(first.getAttribute("classname")).isEqualTo("shardquake.small");
  }

  @Test
  void makesABrokenContractAFailureWithItsFindings() throws Exception {
    Element suite = suite(SmallRun.invalid());
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failure = only(suite, "failure");
    assertThat(failure.getAttribute("message")).isEqualTo("1 of 53 keys is not linearizable");
    assertThat(failure.getTextContent())
        .contains("VIOLATION an acknowledged write is gone\n  Written by process 0.");
  }

  @Test
  void makesWhatIsNotDecidedAnErrorAndNoSkip() throws Exception {
    Element suite = suite(SmallRun.unknown());
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("0");
    assertThat(only(suite, "error").getAttribute("message"))
        .isEqualTo("out of time after 12 of 53 keys");
  }

  @Test
  void doesNotLetAMergedVerdictThatIsWorseThanItsPartsGetLost() throws Exception {
    SmallRun run = SmallRun.valid();
    Verdict worse =
        new Verdict(
            "experiment",
            Validity.UNKNOWN,
            "no fault bit",
            List.of(),
            Value.Mapping.EMPTY,
            run.verdict().parts());
    Element suite = suite(new SmallRun(run.summary(), run.evidence(), worse));
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(only(suite, "error").getAttribute("message")).isEqualTo("no fault bit");
  }

  @Test
  void staysWellFormedWhateverTheTextsAre() throws Exception {
    String hostile = "]]> <b> & \u0000\u0008\u001b\uffff \u2028";
    Finding finding =
        new Finding("odd", Severity.VIOLATION, hostile, hostile, List.of(), Value.Mapping.EMPTY);
    assertThat(only(suite(SmallRun.invalid().with(List.of(finding))), "failure").getTextContent())
        .contains("]]> <b> & \\u0000\\u0008\\u001b");
  }

  @Test
  void leavesNoDraftBehind() throws Exception {
    suite(SmallRun.valid());
    try (var files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("junit.xml");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
