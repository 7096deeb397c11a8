// Runs PMD's rules for Apex, from the jars that npm's @salesforce/code-analyzer-pmd-engine carries (it has no PMD command line).
//
//   ApexLint RULESETS PATH...      RULESETS: "quickstart", or PMD's names with commas between
//
// Prints "<file>:<line> TAB <rule> TAB <message>" for each violation and for each file that does not parse.
// Exit status as PMD's own: 0 clean, 4 violations, 5 files that do not parse.
import net.sourceforge.pmd.*;
import net.sourceforge.pmd.lang.*;
import net.sourceforge.pmd.reporting.*;
import java.nio.file.*;
import java.util.*;

public class ApexLint {
  public static void main(String[] args) throws Exception {
    PMDConfiguration config = new PMDConfiguration();
    for (String set : args[0].split(",")) config.addRuleSet(set.equals("quickstart") ? "rulesets/apex/quickstart.xml" : set);
    for (String path : Arrays.asList(args).subList(1, args.length)) config.addInputPath(Paths.get(path));
    config.setThreads(2);
    config.setIgnoreIncrementalAnalysis(true);
    config.setDefaultLanguageVersion(LanguageRegistry.PMD.getLanguageById("apex").getDefaultVersion());
    try (PmdAnalysis analysis = PmdAnalysis.create(config)) {
      Report report = analysis.performAnalysisAndCollectReport();
      for (RuleViolation v : report.getViolations())
        System.out.println(v.getFileId().getAbsolutePath() + ":" + v.getBeginLine() + "\t" + v.getRule().getName() + "\t" + v.getDescription());
      for (Report.ProcessingError e : report.getProcessingErrors())
        System.out.println(e.getFileId().getAbsolutePath() + ":1\tParse\t" + e.getMsg().split("\n")[0]);
      for (Report.ConfigurationError e : report.getConfigurationErrors())
        System.err.println("configuration of " + e.rule().getName() + ": " + e.issue());
      System.exit(!report.getProcessingErrors().isEmpty() ? 5 : report.getViolations().isEmpty() ? 0 : 4);
    }
  }
}
