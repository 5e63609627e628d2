#include "duluan/chat.hpp"

#include <cstdio>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/files.hpp"

namespace duluan::cli {
namespace {

Result<void> write_file(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  if (!out.flush())
    return Error{ErrorCode::kUnwritable, "cannot be written", path, "check the folder and its permissions"};
  return {};
}

Result<Exit> train(const Arguments& arguments) {
  ChatCounts counts;
  const Exit read =
      for_each_input_line(arguments.all("FILE"), [&](std::string_view line, std::size_t) { counts.add(line); });
  if (read != kDone) return read;
  const std::string folder = arguments.get("--output");
  auto written = write_file(folder + "/syllables.tsv", counts.syllables());
  if (written) written = write_file(folder + "/pairs.tsv", counts.pairs());
  if (!written) return written.error();
  return kDone;
}

Result<Exit> evaluate(const Arguments& arguments) {
  const bool misses = arguments.has("--misses");
  const auto print = [](const ChatMiss& miss) {
    std::string row(miss.source);
    row += '\t';
    row += miss.gold;
    row += '\t';
    row += miss.found;
    write_out(row += '\n');
  };
  auto score = misses ? evaluate_chat(arguments.get("GOLD"), print) : evaluate_chat(arguments.get("GOLD"));
  if (!score) return score.error();
  std::fprintf(
      misses ? stderr : stdout,
      "tokens apart by spaces, aligned to gold\nlines %zu\ntokens to change %zu: right %zu, wrong %zu, left %zu\n"
      "tokens to leave %zu: harmed %zu\nerror reduction %.2f\nharm %.3f\n",
      score->lines, score->needed, score->right, score->needed - score->right - score->untouched, score->untouched,
      score->clean, score->harmed, 100 * score->error_reduction(), 100 * score->harm());
  return kDone;
}

}  // namespace

Command train_chat_command() {
  return {"train chat",
          "Count the tables of chat spelling from clean text; the next build compiles them in",
          {{.name = "FILE",
            .help = "clean text, syllables of a word may be joined by '_' (standard input if none)",
            .many = true},
           {.name = "--output", .help = "folder for syllables.tsv and pairs.tsv", .required = true}},
          train};
}

Command evaluate_chat_command() {
  return {"evaluate chat",
          "Error reduction, (TP - FP) / (TP + FN) in percent, and share of right tokens made wrong",
          {{.name = "GOLD", .help = "CSV with the columns original and normalized", .required = true},
           {.name = "--misses", .help = "print token, gold and what was found for each difference", .flag = true}},
          evaluate};
}

}  // namespace duluan::cli
