package dev.oriel.gateway;

import dev.oriel.pressure.PressureUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The command line. The environment is read here, and nowhere else. */
@Command(
        name = "oriel",
        description =
                "Watches every desktop space of a machine and streams it live, on a memory budget that follows the"
                        + " machine's memory pressure.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer =
                "%nThe script ./oriel also has 'oriel profile', which measures the memory; see 'oriel profile --help'.",
        versionProvider = Main.Version.class)
public final class Main {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Main() {}

    /**
     * Runs a command and ends the process: status 0 is success, 1 a failure at work, 2 a wrong command line or setting.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        Relaunch.ifWithoutOptions(arguments.length, System.getenv());
        configureLogging();
        PrintWriter error = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, System.getenv(), System.out, error));
    }

    static int run(String[] arguments, Map<String, String> environment, OutputStream output, PrintWriter error) {
        CommandContext context = new CommandContext(environment, output);
        CommandLine commandLine = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(new SpacesCommand(context))
                .addSubcommand(new CaptureCommand(context))
                .addSubcommand(new PressureCommand(context))
                .addSubcommand(new StressCommand(context))
                .setOut(context.out())
                .setErr(error)
                .setParameterExceptionHandler((wrong, given) -> {
                    error.println(firstLine(wrong.getMessage()) + "; see '"
                            + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, error));
        for (CommandLine command : commandLine.getSubcommands().values()) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
            if (!(command.getCommand() instanceof StressCommand)) {
                addSettings(command.getCommandSpec(), context);
            }
        }
        if (arguments.length == 0) {
            commandLine.usage(error);
            return WRONG_USAGE;
        }
        return commandLine.execute(arguments);
    }

    private static void addSettings(CommandSpec command, CommandContext context) {
        for (Setting setting : Setting.values()) {
            command.addOption(OptionSpec.builder(setting.option())
                    .paramLabel("VALUE")
                    .type(String.class)
                    .description(setting.description().replace("%", "%%") + " ["
                            + (setting.initial().isEmpty() ? "none" : setting.initial()) + "]")
                    .setter(new ISetter() {
                        @Override
                        public <T> T set(T value) {
                            if (value != null) {
                                context.option(setting, value.toString());
                            }
                            return value;
                        }
                    })
                    .build());
        }
    }

    private static int explain(Exception failure, PrintWriter error) {
        if (failure instanceof SettingsException wrong) {
            wrong.problems().forEach(error::println);
            return WRONG_USAGE;
        }
        if (failure instanceof CommandFailedException || failure instanceof PressureUnavailableException) {
            error.println(failure.getMessage());
        } else {
            failure.printStackTrace(error);
        }
        return FAILED;
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }

    private static void configureLogging() {
        try (InputStream properties = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"oriel " + (version == null ? "(not packaged)" : version)};
        }
    }
}
