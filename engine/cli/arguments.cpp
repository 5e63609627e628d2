// The only file that sees CLI11 (13 s of compile time).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "duluan/version.hpp"

namespace duluan::cli {
namespace {

void add_option(CLI::App& app, const Option& option, Arguments& arguments) {
  auto& values = arguments.values[option.name];
  if (!option.fallback.empty()) values = {option.fallback};
  if (option.flag) {
    app.add_flag_callback(
        option.name, [&values] { values = {"yes"}; }, option.help);
    return;
  }
  CLI::Option* added = nullptr;
  if (option.many) {
    added = app.add_option(option.name, values, option.help);
    added->expected(option.required ? 1 : 0, CLI::detail::expected_max_vector_size);
  } else if (option.repeated) {
    added = app.add_option(option.name, values, option.help)->allow_extra_args(false);
  } else {
    const auto keep = [&values](const std::string& value) { values = {value}; };
    added = app.add_option_function<std::string>(option.name, keep, option.help);
  }
  if (option.required) added->required();
  if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  if (!option.fallback.empty()) added->default_str(option.fallback);
}

// "train words" stands under the group "train", made when first met.
CLI::App& place_of(CLI::App& root, const Command& command, std::map<std::string, CLI::App*>& groups) {
  const std::size_t space = command.name.find(' ');
  if (space == std::string::npos) return *root.add_subcommand(command.name, command.help);
  CLI::App*& group = groups[command.name.substr(0, space)];
  if (group == nullptr) {
    group = root.add_subcommand(command.name.substr(0, space));
    group->require_subcommand(1);
  }
  const std::string member = command.name.substr(space + 1);
  group->description(group->get_description() + (group->get_subcommands({}).empty() ? "One of: " : ", ") + member);
  return *group->add_subcommand(member, command.help);
}

}  // namespace

int run_program(const std::vector<Command>& commands, int argc, char** argv) {
  CLI::App app{"duluan: what people say, about what, and what is emerging", "duluan"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("duluan ") + kVersion);
  std::map<std::string, CLI::App*> groups;
  std::vector<Arguments> arguments(commands.size());
  std::vector<CLI::App*> apps;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    apps.push_back(&place_of(app, commands[i], groups));
    for (const Option& option : commands[i].options) add_option(*apps[i], option, arguments[i]);
  }
  const std::string first = argc > 1 ? argv[1] : "--help";
  const bool known = std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
    return command.name.substr(0, command.name.find(' ')) == first;
  });
  if (!known && !first.starts_with('-')) {
    std::fprintf(stderr, "duluan: there is no command \"%s\"; duluan --help lists them\n", first.c_str());
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  for (std::size_t i = 0; i < commands.size(); ++i)
    if (apps[i]->parsed()) return conclude(commands[i].run(arguments[i]));
  return kUsage;
}

}  // namespace duluan::cli
