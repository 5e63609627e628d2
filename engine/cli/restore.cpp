#include "duluan/restore.hpp"

#include <charconv>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"

namespace duluan::cli {
namespace {

constexpr std::size_t kBlock = 1U << 18;

Result<Exit> restore(const Arguments& arguments) {
  auto restorer = Restorer::load(model_path(arguments.get("--model"), "diacritics.model"));
  if (!restorer) return restorer.error();
  Restoration found;
  std::string out;
  const Exit exit = for_each_input_line(arguments.all("FILE"), [&](std::string_view line, std::size_t) {
    restorer->restore_line(line, found, out);
    out += '\n';
    if (out.size() >= kBlock) {
      write_out(out);
      out.clear();
    }
  });
  write_out(out);
  return exit;
}

template <class Number>
bool number(const Arguments& arguments, const char* option, Number& value) {
  const std::string given = arguments.get(option);
  if (given.empty()) return true;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), value);
  return fault == std::errc() && end == given.data() + given.size();
}

Result<Exit> train(const Arguments& arguments) {
  DiacriticTraining training;
  training.text = arguments.all("--text");
  const std::string path = arguments.get("--output");
  auto trained = train_diacritics(training, path, terminal_progress("training"));
  if (!trained) return trained.error();
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

Result<Exit> evaluate(const Arguments& arguments) {
  double removed = 1.0;
  std::uint64_t seed = 1;
  if (!number(arguments, "--removed", removed) || !(removed >= 0 && removed <= 1))
    return misuse({ErrorCode::kInvalidArgument, "--removed must be a share from 0 to 1", "", ""});
  if (!number(arguments, "--seed", seed))
    return misuse({ErrorCode::kInvalidArgument, "--seed must be a whole number", "", ""});
  auto restorer = Restorer::load(model_path(arguments.get("--model"), "diacritics.model"));
  if (!restorer) return restorer.error();
  auto score = evaluate_diacritics(*restorer, arguments.get("GOLD"), removed, seed);
  if (!score) return score.error();
  std::printf(
      "syllable accuracy %.2f: of all words of letters, those equal to the gold text up to tone style\n"
      "syllables %zu correct %zu\nmarks removed from %zu (share %g, seed %llu), of them right %zu (%.2f)\n"
      "expected calibration error %.4f (10 bins, syllables without marks)\n",
      100 * score->accuracy(), score->syllables, score->correct, score->stripped, removed,
      static_cast<unsigned long long>(seed), score->stripped_correct,
      score->stripped == 0 ? 0 : 100 * double(score->stripped_correct) / double(score->stripped),
      score->calibration_error);
  return kDone;
}

}  // namespace

Command restore_command() {
  return {"restore",
          "Give lines without diacritics their diacritics; words that bear marks stay",
          {{.name = "FILE", .help = "text files (standard input if none)", .many = true},
           {.name = "--model", .help = "diacritic model"}},
          restore};
}

Command train_diacritics_command() {
  return {"train diacritics",
          "Train the diacritic model from accented text",
          {{.name = "--text",
            .help = "files of lines, or TSV with the text in the last column (.zst accepted)",
            .required = true,
            .many = true},
           {.name = "--output", .help = "model file to write", .required = true}},
          train};
}

Command evaluate_diacritics_command() {
  return {"evaluate diacritics",
          "Accuracy of restored diacritics against accented text",
          {{.name = "GOLD", .help = "accented text, one sentence a line", .required = true},
           {.name = "--removed", .help = "share of the marked syllables that lose their marks", .fallback = "1"},
           {.name = "--seed", .help = "chooses which", .fallback = "1"},
           {.name = "--model", .help = "diacritic model"}},
          evaluate};
}

}  // namespace duluan::cli
