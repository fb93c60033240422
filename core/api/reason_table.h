// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace drover {

/// What can be done about a state with one press of a button. Closed: the window can carry out each of them.
enum class FixAction {
    None,
    TryAgain, ///< start again what could not start: the engine, or the Ollama that Drover gave up
    StartOllama, ///< start the local Ollama and keep it running
    Resume,
    Undrain,
    OpenSetting, ///< show the row of one setting
    OpenLogs,
    OpenModels,
    OpenApps,
    RunDoctor
};

/// Why something is as it is: one row of the table of all reasons. The sentences are English; the window translates
/// them. %1, %2 and %3 stand for particulars such as an address.
struct Reason {
    std::string_view code; ///< a stable lower_snake word
    std::string_view sentence;
    std::string_view fix = {}; ///< what to do about it
    FixAction action = FixAction::None; ///< the same as a button
    std::string_view setting = {}; ///< of OpenSetting: its key
};

namespace reason_table {

/// Marks a text for the translators, who find it below `context`. scripts/translate knows this name.
consteval std::string_view translatable([[maybe_unused]] const char* context, const char* text)
{
    return text;
}

/// Each code once.
inline constexpr auto rows = std::to_array<Reason>({
    // Engine states
    {"ready", translatable("Reason", "Ready. Apps connect to http://%1.")},
    {"ready_degraded", translatable("Reason", "Ready, but %1 of %2 machines do not answer."),
        translatable("Reason", "See which one, and why."), FixAction::RunDoctor},
    {"ready_degraded_ollama", translatable("Reason", "Ready, but %1 of %2 machines do not answer. %3"),
        translatable("Reason", "See which one, and why."), FixAction::RunDoctor},
    {"hosting", translatable("Reason", "Ready. The pool %1 has %2 machines. Clients connect to %3.")},
    {"hosting_no_worker", translatable("Reason", "The pool %1 listens at %2. No machine has joined yet."),
        translatable("Reason", "Invite one: drover invite.")},
    {"starting", translatable("Reason", "Looking for the machines that answer.")},
    {"busy", translatable("Reason", "%1 running, %2 waiting%3.")},
    {"paused", translatable("Reason", "Paused: %1 running, %2 waiting. Nothing new starts."),
        translatable("Reason", "Resume the queue: drover resume."), FixAction::Resume},
    {"paused_until", translatable("Reason", "Paused until %3: %1 running, %2 waiting. New jobs wait until then."),
        translatable("Reason", "Resume the queue before: drover resume."), FixAction::Resume},
    {"draining", translatable("Reason", "Finishing: %1 running, %2 waiting. New requests are refused."),
        translatable("Reason", "Take new requests again: drover undrain."), FixAction::Undrain},
    {"no_machine", translatable("Reason", "No machine is set up that could answer."),
        translatable("Reason", "Add a backend to the settings, or start Drover with --ollama-url."),
        FixAction::OpenSetting, "backend"},
    {"ollama_unreachable", translatable("Reason", "Ollama does not answer at %1."),
        translatable("Reason", "Start Ollama, or set the address where it listens. Drover connects by itself."),
        FixAction::StartOllama},
    {"machine_unreachable", translatable("Reason", "%1 does not answer."),
        translatable("Reason", "Start the server at %2. Drover connects by itself."), FixAction::RunDoctor},
    {"machines_unreachable", translatable("Reason", "None of the %1 machines answers."),
        translatable("Reason", "Start one of them. Drover connects by itself."), FixAction::RunDoctor},
    {"machine_resting", translatable("Reason", "%1 failed too often and rests: %2"),
        translatable("Reason", "Look at its own log; Drover tries it again by itself."), FixAction::OpenLogs},

    // What callers are refused for, and what keeps Drover from starting: Errc
    {"bad_request", translatable("Reason", "The request cannot be understood.")},
    {"unauthorized", translatable("Reason", "A key is needed that Drover knows."),
        translatable("Reason", "Give the app one of Drover's keys."), FixAction::OpenApps},
    {"forbidden", translatable("Reason", "This is not allowed from there."),
        translatable("Reason", "If it is meant, allow it in the settings."), FixAction::OpenSetting, "proxy.origins"},
    {"not_found", translatable("Reason", "There is no such thing here.")},
    {"too_large", translatable("Reason", "The request is larger than Drover takes."),
        translatable("Reason", "Let requests be larger: proxy.body_bytes_max"), FixAction::OpenSetting,
        "proxy.body_bytes_max"},
    {"queue_full", translatable("Reason", "The queue is full."),
        translatable("Reason", "Wait, or let more requests wait: queue.waiting_max"), FixAction::OpenSetting,
        "queue.waiting_max"},
    {"user_queue_full", translatable("Reason", "This app already has as many requests waiting as it may."),
        translatable("Reason", "Wait, or let more of them wait: queue.waiting_per_user_max"), FixAction::OpenSetting,
        "queue.waiting_per_user_max"},
    {"waited_too_long", translatable("Reason", "The request waited longer than it may."),
        translatable("Reason", "Let requests wait longer: queue.wait_max_interactive"), FixAction::OpenSetting,
        "queue.wait_max_interactive"},
    {"no_backend", translatable("Reason", "No backend can answer for this model."),
        translatable("Reason", "Fetch the model, or ask for one that is there."), FixAction::OpenModels},
    {"backend_unreachable", translatable("Reason", "The backend cannot be reached."),
        translatable("Reason", "Start it; Drover connects by itself."), FixAction::RunDoctor},
    {"backend_failed", translatable("Reason", "The backend broke off its answer."),
        translatable("Reason", "Look at its own log."), FixAction::OpenLogs},
    {"backend_timeout", translatable("Reason", "The backend was silent for too long."),
        translatable("Reason", "If it is only slow, wait longer for it: proxy.timeout"), FixAction::OpenSetting,
        "proxy.timeout"},
    {"cancelled", translatable("Reason", "The request was cancelled.")},
    {"shutting_down", translatable("Reason", "Drover is shutting down and takes no new requests."),
        translatable("Reason", "Start Drover again once it has ended."), FixAction::None},
    {"port_taken", translatable("Reason", "Another program is using the port."),
        translatable("Reason", "Quit that program, or give Drover another port, then try again."), FixAction::TryAgain},
    {"bad_config", translatable("Reason", "A setting is not right."),
        translatable("Reason", "Correct it; drover config validate lists every problem."), FixAction::TryAgain},
    {"io", translatable("Reason", "A file or socket could not be used."),
        translatable("Reason", "See that Drover may use it and that the disk is not full, then try again."),
        FixAction::TryAgain},

    {"user_blocked", translatable("Reason", "This app is blocked."),
        translatable("Reason", "Let it in again under Apps."), FixAction::OpenApps},
    {"model_not_allowed", translatable("Reason", "This app may not use this model."),
        translatable("Reason", "Allow it the model under Apps."), FixAction::OpenApps},
    {"daily_tokens_used", translatable("Reason", "This app has used its tokens for today."),
        translatable("Reason", "Wait until tomorrow, or raise its limit under Apps."), FixAction::OpenApps},
    {"rate_limited", translatable("Reason", "Its key has made as many requests as it may for the moment."),
        translatable("Reason", "Wait a moment, or give the key more.")},

    // Whether this machine works for its pools: core/dispatch/manners.cpp
    {"sharing", translatable("Reason", "Sharing: pools may send work.")},
    {"sharing_paused", translatable("Reason", "Sharing is paused. Your apps still work."),
        translatable("Reason", "Share again: drover resume."), FixAction::Resume},
    {"sharing_paused_until", translatable("Reason", "Sharing is paused until %1. Your apps still work."),
        translatable("Reason", "Share again before: drover resume."), FixAction::Resume},
    {"sharing_paused_program", translatable("Reason", "Sharing is paused while %1 runs. Your apps still work."),
        translatable("Reason", "Share again before: drover resume."), FixAction::Resume},
    {"sharing_paused_plugged_in",
        translatable("Reason", "Sharing is paused until the machine is plugged in. Your apps still work."),
        translatable("Reason", "Plug it in, or share again: drover resume."), FixAction::Resume},
    {"sharing_battery", translatable("Reason", "Sharing sleeps while the machine runs on battery."),
        translatable("Reason", "Plug it in, or let it share on battery: sharing.on_battery"), FixAction::OpenSetting,
        "sharing.on_battery"},
    {"sharing_full_screen", translatable("Reason", "Sharing sleeps while %1 fills the screen."),
        translatable("Reason", "If it may go on then: sharing.full_screen"), FixAction::OpenSetting,
        "sharing.full_screen"},
    {"sharing_programs", translatable("Reason", "Sharing sleeps while %1 is running."),
        translatable("Reason", "If it may go on then, take it off the list: sharing.programs"), FixAction::OpenSetting,
        "sharing.programs"},
    {"sharing_gpu", translatable("Reason", "Sharing sleeps while other programs use the GPU."),
        translatable("Reason", "Let them use more of it before: sharing.gpu_others_max"), FixAction::OpenSetting,
        "sharing.gpu_others_max"},
    {"sharing_cpu", translatable("Reason", "Sharing sleeps while other programs use the processor."),
        translatable("Reason", "Let them use more of it before: sharing.cpu_others_max"), FixAction::OpenSetting,
        "sharing.cpu_others_max"},
    {"sharing_user_active", translatable("Reason", "Sharing sleeps while you use the machine."),
        translatable("Reason", "Share also then with other manners: sharing.manners"), FixAction::OpenSetting,
        "sharing.manners"},
    {"sharing_metered", translatable("Reason", "Sharing sleeps: this network is paid for by volume."),
        translatable("Reason", "Use another network, or share on this one: sharing.metered"), FixAction::OpenSetting,
        "sharing.metered"},
    {"sharing_schedule", translatable("Reason", "Sharing sleeps outside its hours, until %1."),
        translatable("Reason", "Change its hours: sharing.schedule"), FixAction::OpenSetting, "sharing.schedule"},
    {"sharing_never", translatable("Reason", "Sharing sleeps: it has no hours in the week."),
        translatable("Reason", "Give it some: sharing.schedule"), FixAction::OpenSetting, "sharing.schedule"},
    {"sharing_temperature", translatable("Reason", "Sharing rests: the machine was at %1 °C or more."),
        translatable("Reason", "It goes on once the machine has cooled down."), FixAction::OpenSetting,
        "sharing.temperature_max"},
    {"sharing_disk", translatable("Reason", "Sharing sleeps: the disk is nearly full."),
        translatable("Reason", "Make room, or let it be fuller: sharing.disk_free_min"), FixAction::OpenSetting,
        "sharing.disk_free_min"},
    {"sharing_memory", translatable("Reason", "Sharing sleeps: hardly any memory is free."),
        translatable("Reason", "Close programs, or let less be free: sharing.memory_free_min"), FixAction::OpenSetting,
        "sharing.memory_free_min"},
    {"sharing_tokens", translatable("Reason", "The pools have had their %1 tokens for today."),
        translatable("Reason", "Give more a day: sharing.tokens_per_day"), FixAction::OpenSetting,
        "sharing.tokens_per_day"},
    {"sharing_jobs", translatable("Reason", "The pools have had their %1 jobs for today."),
        translatable("Reason", "Give more a day: sharing.jobs_per_day"), FixAction::OpenSetting,
        "sharing.jobs_per_day"},
    {"sharing_time", translatable("Reason", "The pools have had their %1 minutes for today."),
        translatable("Reason", "Give more a day: sharing.time_per_day"), FixAction::OpenSetting,
        "sharing.time_per_day"},

    // The local Ollama: app/ollama/supervisor.cpp
    {"ollama_searching", translatable("Reason", "Looking for Ollama.")},
    {"ollama_starting", translatable("Reason", "Ollama is starting.")},
    {"ollama_running", translatable("Reason", "Ollama runs, started by Drover.%1")},
    {"ollama_answers", translatable("Reason", "Ollama answers.%1")},
    {"ollama_adopted", translatable("Reason", "Ollama runs; Drover did not start it and does not stop it.%1")},
    {"ollama_service", translatable("Reason", "Ollama runs as the service %1; Drover leaves it to that.%2")},
    {"ollama_service_ended", translatable("Reason", "The Ollama of the service %1 has ended."),
        translatable("Reason", "Start it again: %2; or let Drover start one: drover ollama start"),
        FixAction::StartOllama},
    {"ollama_service_unreachable", translatable("Reason", "Ollama does not answer at %1."),
        translatable("Reason", "Start its service: %2. Drover connects by itself."), FixAction::StartOllama},
    {"ollama_other_slots",
        translatable(
            "Reason", "Ollama runs, started by Drover, for %1 at once. With its next start that becomes %2.%3")},
    {"ollama_models_gone", translatable("Reason", "Ollama is not started, because its models folder is not there: %1."),
        translatable("Reason", "Connect its disk, then it is started by itself; or change OLLAMA_MODELS."),
        FixAction::OpenSetting, "engine.environment"},
    {"ollama_models_lost", translatable("Reason", "Ollama runs, but its models folder is gone: %1."),
        translatable("Reason", "Connect its disk again."), FixAction::RunDoctor},
    {"ollama_adopted_ended",
        translatable("Reason", "The Ollama that Drover found running has ended; Drover did not start it."),
        translatable("Reason", "Start it again, or let Drover start one: drover ollama start"), FixAction::StartOllama},
    {"ollama_silent", translatable("Reason", "Ollama runs but does not answer."),
        translatable("Reason", "Wait: it is ended and started again when it stays silent."), FixAction::OpenLogs},
    {"ollama_absent", translatable("Reason", "No Ollama answers on %1."),
        translatable("Reason", "Start Ollama, or let Drover do it: drover config set engine.mode supervise"),
        FixAction::StartOllama},
    {"ollama_absent_there", translatable("Reason", "No Ollama answers on %1; it is not Drover's to start it."),
        translatable("Reason", "Start it there."), FixAction::OpenSetting, "engine.mode"},
    {"ollama_missing", translatable("Reason", "Ollama is not installed."),
        translatable("Reason", "Install it from ollama.com, or name it: drover config set engine.binary PATH"),
        FixAction::OpenSetting, "engine.binary"},
    {"ollama_program_missing", translatable("Reason", "There is no program %1."),
        translatable("Reason", "Name another: drover config set engine.binary PATH"), FixAction::OpenSetting,
        "engine.binary"},
    {"ollama_port_taken", translatable("Reason", "%1, which is no Ollama."),
        translatable("Reason", "End that program, or give the backend another port."), FixAction::OpenSetting,
        "backend"},
    {"ollama_port_silent", translatable("Reason", "%1, which does not answer."),
        translatable("Reason", "End that program, or give the backend another port."), FixAction::OpenSetting,
        "backend"},
    {"ollama_restarting", translatable("Reason", "%1 It is started again."),
        translatable("Reason", "See what it said in the log."), FixAction::OpenLogs},
    {"ollama_gave_up", translatable("Reason", "%1 %2"),
        translatable("Reason", "Mend what it complains of (try: ollama serve), then: drover ollama start"),
        FixAction::TryAgain},
    {"ollama_stopping", translatable("Reason", "Ollama is told to end.")},
    {"ollama_stopped", translatable("Reason", "Ollama has ended, as Drover told it to.")},
    {"ollama_left_alone", translatable("Reason", "Drover does not watch Ollama any more.")},
    {"ollama_stopped_by_other",
        translatable("Reason", "Ollama was stopped by somebody else, so Drover leaves it stopped."),
        translatable("Reason", "Start it again: drover ollama start"), FixAction::StartOllama},

    // Sentences inside others: why Ollama ended, app/ollama/supervisor.cpp and restart_policy.cpp
    {"ollama_crashed", translatable("Reason", "Ollama crashed, or the system ended it (%1).")},
    {"ollama_exited", translatable("Reason", "Ollama ended with the exit code %1.")},
    {"ollama_said", translatable("Reason", "%1 It said: \"%2\"")},
    {"ollama_hung", translatable("Reason", "Ollama did not answer for too long and was ended.")},
    {"ollama_answer_hung",
        translatable(
            "Reason", "Ollama stopped in the middle of an answer, sent nothing more for too long and was ended.")},
    {"ollama_slow_start", translatable("Reason", "Ollama did not answer in time after its start and was ended.")},
    {"ollama_unstartable", translatable("Reason", "Ollama cannot be started: %1.")},
    {"ollama_ended_often", translatable("Reason", "It ended %1 times within %2 min, so it is not started again.")},
    {"ollama_replaced", translatable("Reason", "It was replaced: version %1 instead of %2.")},
    {"port_used_by", translatable("Reason", "Port %1 is used by %2")},
    {"port_used", translatable("Reason", "Port %1 is used by another program")},

    // The state of a backend: core/backends/backend.cpp
    {"machine_new", translatable("Reason", "It has not been asked yet.")},
    {"machine_silent", translatable("Reason", "%1 does not answer: %2")},
    {"machine_unusable", translatable("Reason", "%1 cannot be used: %2.")},
    {"machine_failing", translatable("Reason", "It failed %1 times in a row (%2) and is tried again in %3.")},

    // How a job ended: core/fronts/queued_request.cpp
    {"client_left", translatable("Reason", "The client left.")},
    {"pool_left", translatable("Reason", "The pool, or the connection to it, went away.")},
    {"job_handed_back", translatable("Reason", "It was handed back to the pool.")},
    {"job_cancelled", translatable("Reason", "It was cancelled.")},
    {"answer_broke_off", translatable("Reason", "The answer broke off.")},
    {"backend_status", translatable("Reason", "The backend answered with status %1.")},
    {"stream_error", translatable("Reason", "The backend reported an error in its stream.")},
    {"stream_unfinished", translatable("Reason", "The stream ended without its last piece.")},
});

consteval bool holds(std::string_view code)
{
    for (const Reason& row : rows) {
        if (row.code == code)
            return true;
    }
    return false;
}

} // namespace reason_table

} // namespace drover
