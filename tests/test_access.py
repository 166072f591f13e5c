"""Every address, walked by every kind of visitor: the table says who gets what, and must name every address.

302 for the anonymous leads to signing in; `other` is a delegate of a member that the meeting and the texts are not
for, and must not even learn that they exist (404). 409 means allowed, but not in the
present state, 400 allowed, but asked without saying what for.
"""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_scene import COLUMNS, Scene

pytestmark = pytest.mark.django_db
HEADINGS = "anonymous observer interpreter other_delegate delegate head co_chair secretariat outsider"
#                                  anon obs int oth del hea cha sec out
TABLE = """
web:home                     GET   200 200 200 200 200 200 200 200 200
web:public                   GET   200 200 200 200 200 200 200 200 200
web:published                GET   302 200 200 200 200 200 200 200 403
web:prove_figures            GET   200 200 200 200 200 200 200 200 200
web:withdraw_figures         POST  302 403 403 403 403 403 302 302 403
commitments:publish_totals   POST  302 403 403 403 403 403 302 302 403
pressure:publish             POST  302 403 403 403 403 403 302 302 403
web:waiting                  GET   302 200 200 200 200 200 200 200 403
web:beside                   GET   302 200 200 200 200 200 200 200 403
web:committed                GET   302 200 200 200 200 200 200 200 403
commitments:timeline         GET   302 200 200 200 200 200 200 200 403
commitments:delivered        GET   302 200 200 200 200 200 200 200 403
commitments:burden           GET   302 200 200 200 200 200 200 200 403
web:choose_theme             POST  302 302 302 302 302 302 302 302 302
commitments:coverage         GET   302 200 200 200 200 200 200 200 403
commitments:require          GET   302 403 403 403 403 403 200 200 403
commitments:require          POST  302 403 403 403 403 403 302 302 403
commitments:requirement      GET   302 200 200 200 200 200 200 200 403
commitments:revise_requirement GET   302 403 403 403 403 403 200 200 403
commitments:revise_requirement POST  302 403 403 403 403 403 302 302 403
commitments:drop_requirement POST  302 403 403 403 403 403 302 302 403
commitments:catalogue        GET   302 200 200 200 200 200 200 200 403
commitments:take_usual       POST  302 403 403 403 403 403 409 409 403
commitments:enter_rate       POST  302 403 403 403 403 403 302 302 403
commitments:define_capability GET   302 403 403 403 403 403 200 200 403
commitments:define_capability POST  302 403 403 403 403 403 302 302 403
commitments:change_capability GET   302 403 403 403 403 403 200 200 403
commitments:change_capability POST  302 403 403 403 403 403 302 302 403
commitments:retire_capability POST  302 403 403 403 403 403 302 302 403
commitments:contributions    GET   302 200 200 200 200 200 200 200 403
commitments:announce         GET   302 403 403 200 200 200 200 200 403
commitments:announce         POST  302 403 403 422 422 422 422 422 403
commitments:contribution     GET   302 404 200 404 200 200 200 200 403
commitments:revise_terms     GET   302 404 403 404 200 200 403 200 403
commitments:revise_terms     POST  302 404 403 404 302 302 403 302 403
commitments:approve          GET   302 404 403 404 200 200 403 200 403
commitments:approve          POST  302 404 403 404 302 302 403 302 403
commitments:caveat           GET   302 404 403 404 200 200 403 200 403
commitments:caveat           POST  302 404 403 404 302 302 403 302 403
commitments:lift             GET   302 404 403 404 403 200 403 403 403
commitments:lift             POST  302 404 403 404 403 302 403 403 403
commitments:act              GET   302 404 403 404 403 200 403 403 403
commitments:act              POST  302 404 403 404 403 302 403 403 403
commitments:correct          GET   302 404 403 404 200 200 403 200 403
commitments:correct          POST  302 404 403 404 302 302 403 302 403
commitments:member           GET   302 200 200 200 200 200 200 200 403
commitments:import           GET   302 403 403 200 200 200 200 200 403
commitments:import           POST  302 403 403 422 422 422 422 422 403
commitments:check_import     POST  302 403 403 400 400 400 400 400 403
commitments:save_import      POST  302 403 403 400 400 400 400 400 403
commitments:export           GET   302 200 200 200 200 200 200 200 403
commitments:export_iati      GET   302 200 200 200 200 200 200 200 403
commitments:export_brief     GET   302 400 400 400 400 400 400 400 403
commitments:export_table     GET   302 400 400 400 400 400 400 400 403
coalition:show               GET   302 200 200 200 200 200 200 200 403
coalition:invite_state       GET   302 403 403 403 403 403 403 200 403
coalition:invite_state       POST  302 403 403 403 403 403 403 200 403
coalition:invite_organisation GET   302 403 403 403 403 403 403 200 403
coalition:invite_organisation POST  302 403 403 403 403 403 403 200 403
coalition:appoint_secretary  GET   302 403 403 403 403 403 403 200 403
coalition:appoint_secretary  POST  302 403 403 403 403 403 403 200 403
coalition:invite_delegate    POST  302 403 403 403 403 302 403 302 403
coalition:end_capacity       POST  302 403 403 403 403 302 403 302 403
coalition:member             GET   302 200 200 200 200 200 200 200 403
coalition:admit_member       POST  302 403 403 403 403 403 403 302 403
coalition:let_member_leave   POST  302 403 403 403 403 302 403 302 403
coalition:name_co_chair      POST  302 403 403 403 403 403 403 302 403
coalition:end_co_chair       POST  302 403 403 403 403 403 403 409 403
coalition:appoint_delegate   GET   302 403 403 403 403 200 403 200 403
coalition:appoint_delegate   POST  302 403 403 403 403 200 403 200 403
texts:list                   GET   302 200 200 200 200 200 200 200 403
texts:create                 GET   302 403 403 403 403 403 200 200 403
texts:create                 POST  302 403 403 403 403 403 200 200 403
texts:agreed                 GET   302 200 200 200 200 200 200 200 403
texts:find_agreed            GET   302 200 200 404 200 200 200 200 403
texts:find_agreed            POST  302 200 200 404 200 200 200 200 403
texts:note_reference         POST  302 403 403 404 204 204 204 204 403
texts:reuse                  GET   302 200 200 404 200 200 200 200 403
texts:show                   GET   302 200 200 404 200 200 200 200 403
texts:change                 GET   302 403 403 404 403 403 200 200 403
texts:change                 POST  302 403 403 404 403 403 200 200 403
texts:layer                  GET   302 200 200 404 200 200 200 200 403
texts:remarks                GET   302 302 302 404 302 302 302 302 403
texts:comment                POST  302 403 403 404 204 204 204 204 403
texts:reserve                POST  302 403 403 404 204 204 204 403 403
texts:remark                 GET   302 302 302 404 302 302 302 302 403
texts:reply                  POST  302 403 403 404 302 302 302 302 403
texts:resolve_remark         POST  302 403 403 404 302 302 302 302 403
texts:reopen_remark          POST  302 403 403 404 409 409 409 409 403
texts:languages              GET   302 200 200 404 200 200 200 200 403
texts:confirm_step           POST  302 403 403 404 409 409 409 409 403
texts:confirm_version        POST  302 403 403 404 409 409 409 409 403
texts:dismiss_difference     POST  302 403 403 404 409 409 409 409 403
texts:add_counterpart        POST  302 403 403 404 409 409 409 409 403
texts:join_counterparts      POST  302 403 403 404 404 404 404 404 403
texts:part_counterparts      POST  302 403 403 404 302 302 302 302 403
texts:name_paragraphs        POST  302 403 403 404 409 409 409 409 403
texts:matrix                 GET   302 200 200 404 200 200 200 200 403
texts:agreement              GET   302 200 200 404 200 200 200 200 403
texts:paragraph              GET   302 200 200 404 200 200 200 200 403
texts:agree_paragraphs       POST  302 403 403 404 403 302 302 403 403
texts:withdraw_agreement     POST  302 403 403 404 409 409 409 403 403
texts:versions               GET   302 200 200 404 200 200 200 200 403
texts:compare                GET   302 200 200 404 200 200 200 200 403
texts:restore                POST  302 403 403 404 400 400 400 400 403
texts:circulate              POST  302 403 403 404 403 403 302 302 403
texts:print                  GET   302 200 200 404 200 200 200 200 403
texts:bytes                  GET   302 200 200 200 200 200 200 200 403
texts:export                 GET   302 200 200 404 200 200 200 200 403
texts:proof                  GET   302 200 200 200 200 200 200 200 403
texts:import                 GET   302 403 403 403 403 403 200 200 403
texts:import                 POST  302 403 403 403 403 403 400 400 403
texts:create_imported        POST  302 403 403 403 403 403 409 409 403
texts:import_into            GET   302 403 403 404 200 200 200 200 403
texts:import_into            POST  302 403 403 404 400 400 400 400 403
texts:fill_version           POST  302 403 403 404 409 409 409 409 403
texts:propose                POST  302 403 403 404 403 403 302 302 403
texts:publish                POST  302 403 403 403 403 403 302 302 403
texts:unpublish              POST  302 403 403 403 403 403 302 302 403
texts:respond                POST  302 403 403 404 403 302 302 403 403
texts:withdraw               POST  302 403 403 404 403 403 302 302 403
texts:conclude               POST  302 403 403 404 403 403 409 409 403
texts:brackets               GET   302 200 200 404 200 200 200 200 403
texts:place_bracket          POST  302 403 403 404 302 302 302 403 403
texts:join_bracket           POST  302 403 403 404 409 409 302 403 403
texts:leave_bracket          POST  302 403 403 404 302 302 409 403 403
texts:lift_bracket           POST  302 403 403 404 302 302 302 302 403
texts:add_alternative        POST  302 403 403 404 302 302 302 403 403
texts:support_alternative    POST  302 403 403 404 302 302 302 403 403
texts:choose_alternative     POST  302 403 403 404 302 302 302 302 403
texts:withdraw_alternative   POST  302 403 403 404 302 302 403 403 403
texts:start_silence          GET   302 403 403 404 403 403 200 200 403
texts:start_silence          POST  302 403 403 404 403 403 200 200 403
texts:extend_silence         GET   302 403 403 404 403 403 200 200 403
texts:extend_silence         POST  302 403 403 404 403 403 200 200 403
texts:agree_under_silence    POST  302 403 403 404 403 302 302 403 403
texts:break_silence          POST  302 403 403 404 403 302 302 403 403
texts:align                  POST  302 403 403 403 403 409 409 403 403
texts:explain                POST  302 403 403 403 403 302 302 403 403
texts:proposals              GET   302 302 302 404 302 302 302 302 403
texts:proposal               GET   302 302 302 404 302 302 302 302 403
texts:proposal_changers      GET   302 200 200 404 200 200 200 200 403
texts:propose_change         POST  302 403 403 404 204 204 204 204 403
texts:propose_paragraph      POST  302 403 403 404 204 204 204 204 403
texts:propose_deletion       POST  302 403 403 404 204 204 204 204 403
texts:propose_move           POST  302 403 403 404 409 409 409 409 403
texts:support_proposal       POST  302 403 403 404 409 409 302 403 403
texts:withdraw_support       POST  302 403 403 404 403 403 403 403 403
texts:accept_proposal        POST  302 403 403 404 403 403 302 302 403
texts:reject_proposal        POST  302 403 403 404 403 403 302 302 403
texts:take_back_proposal     POST  302 403 403 404 302 302 403 403 403
texts:public                 GET   200 200 200 200 200 200 200 200 200
texts:public_bytes           GET   200 200 200 200 200 200 200 200 200
texts:public_proof           GET   200 200 200 200 200 200 200 200 200
texts:public_export          GET   400 400 400 400 400 400 400 400 400
situation:list               GET   302 200 200 200 200 200 200 200 403
situation:define             GET   302 403 403 403 403 403 200 200 403
situation:define             POST  302 403 403 403 403 403 302 302 403
situation:condition          GET   302 200 200 200 200 200 200 200 403
situation:reword             GET   302 403 403 403 403 403 200 200 403
situation:reword             POST  302 403 403 403 403 403 302 302 403
situation:retire             POST  302 403 403 403 403 403 302 302 403
situation:reopen             POST  302 403 403 403 403 403 409 409 403
situation:assess             POST  302 403 403 302 302 302 302 422 403
situation:correct            GET   302 404 403 404 200 200 403 403 403
situation:correct            POST  302 404 403 404 302 302 403 403 403
commitments:plans            GET   302 200 200 200 200 200 200 200 403
commitments:plan_compare     GET   302 200 200 200 200 200 200 200 403
commitments:plan_scenario_new GET   302 403 403 403 403 403 200 200 403
commitments:plan_scenario_new POST  302 403 403 403 403 403 302 302 403
commitments:plan_scenario    GET   302 200 200 200 200 200 200 200 403
commitments:plan_scenario_change GET   302 403 403 403 403 403 200 200 403
commitments:plan_scenario_change POST  302 403 403 403 403 403 302 302 403
commitments:plan_start       POST  302 403 403 403 403 403 302 302 403
commitments:plan_run         GET   302 404 200 404 200 200 200 200 403
commitments:plan_services    GET   302 404 200 404 200 200 200 200 403
commitments:plan_cancel      POST  302 403 403 403 403 403 302 302 403
commitments:plan_propose     POST  302 403 403 403 403 403 302 302 403
commitments:plan_confirm     POST  302 404 403 404 403 302 403 403 403
commitments:plan_decline     POST  302 404 403 404 403 302 403 403 403
pressure:alignment           GET   302 200 200 200 200 200 200 200 403
pressure:confirm_import      POST  302 403 403 403 403 403 403 400 403
pressure:correct             GET   302 404 403 404 200 200 403 403 403
pressure:correct             POST  302 404 403 404 302 302 403 403 403
pressure:define              GET   302 403 403 403 403 403 200 200 403
pressure:define              POST  302 403 403 403 403 403 302 302 403
pressure:dismiss_step        POST  302 403 403 403 403 403 302 302 403
pressure:edit                GET   302 403 403 403 403 403 200 200 403
pressure:edit                POST  302 403 403 403 403 403 302 302 403
pressure:edit_package        GET   302 403 403 403 403 403 200 200 403
pressure:edit_package        POST  302 403 403 403 403 403 302 302 403
pressure:edit_step           GET   302 403 403 403 403 403 200 200 403
pressure:edit_step           POST  302 403 403 403 403 403 302 302 403
pressure:export              GET   302 200 200 200 200 200 200 200 403
pressure:import              GET   302 403 403 403 403 403 403 200 403
pressure:import              POST  302 403 403 403 403 403 403 422 403
pressure:list                GET   302 200 200 200 200 200 200 200 403
pressure:make_package        GET   302 403 403 403 403 403 200 200 403
pressure:make_package        POST  302 403 403 403 403 403 302 302 403
pressure:matrix              GET   302 200 200 200 200 200 200 200 403
pressure:measure             GET   302 200 200 200 200 200 200 200 403
pressure:member              GET   302 200 200 200 200 200 200 200 403
pressure:move_measure        POST  302 403 403 403 403 403 302 302 403
pressure:package             GET   302 200 200 200 200 200 200 200 403
pressure:packages            GET   302 200 200 200 200 200 200 200 403
pressure:plan_step           GET   302 403 403 403 403 403 200 200 403
pressure:plan_step           POST  302 403 403 403 403 403 302 302 403
pressure:reopen              POST  302 403 403 403 403 403 409 409 403
pressure:reopen_package      POST  302 403 403 403 403 403 409 409 403
pressure:retire              POST  302 403 403 403 403 403 302 302 403
pressure:retire_package      POST  302 403 403 403 403 403 302 302 403
pressure:settle_step         POST  302 403 403 403 403 403 302 302 403
pressure:state               POST  302 403 403 302 302 302 302 422 403
pressure:step                GET   302 200 200 200 200 200 200 200 403
pressure:steps               GET   302 200 200 200 200 200 200 200 403
situation:positions          GET   302 200 200 200 200 200 200 200 403
situation:pose               GET   302 403 403 403 403 403 200 200 403
situation:pose               POST  302 403 403 403 403 403 302 302 403
situation:question           GET   302 200 200 200 200 200 200 200 403
situation:reword_question    GET   302 403 403 403 403 403 200 200 403
situation:reword_question    POST  302 403 403 403 403 403 302 302 403
situation:close_question     POST  302 403 403 403 403 403 302 302 403
situation:reopen_question    POST  302 403 403 403 403 403 409 409 403
situation:state              POST  302 403 403 422 302 302 422 422 403
situation:correct_statement  GET   302 404 403 404 200 200 403 403 403
situation:correct_statement  POST  302 404 403 404 302 302 403 403 403
situation:add_actor          GET   302 403 403 403 403 403 200 200 403
situation:add_actor          POST  302 403 403 403 403 403 302 302 403
situation:change_actor       GET   302 403 403 403 403 403 200 200 403
situation:change_actor       POST  302 403 403 403 403 403 302 302 403
situation:contacts           GET   302 200 200 200 200 200 200 200 403
situation:announce           GET   302 403 403 200 200 200 200 200 403
situation:announce           POST  302 403 403 422 302 302 422 302 403
situation:contact            GET   302 200 200 404 200 200 200 200 403
situation:hold_contact       GET   302 403 403 404 200 200 403 200 403
situation:hold_contact       POST  302 403 403 404 302 302 403 302 403
situation:cancel_contact     POST  302 403 403 404 302 302 403 302 403
situation:strike_contact     POST  302 403 403 404 302 302 403 302 403
situation:ask_point          POST  302 403 403 404 302 302 302 403 403
situation:read_out           POST  302 403 403 404 302 302 403 302 403
situation:hear               POST  302 403 403 404 302 302 403 302 403
situation:mark_point         POST  302 403 403 404 302 302 403 302 403
situation:note_readout       POST  302 403 403 404 302 302 302 403 403
situation:incidents          GET   302 200 200 200 200 200 200 200 403
situation:report_incident    GET   302 403 403 200 200 200 200 200 403
situation:report_incident    POST  302 403 403 302 302 302 302 302 403
situation:incident_calendar  GET   302 200 200 200 200 200 200 200 403
situation:incident_latest    GET   302 302 302 302 302 302 302 302 403
situation:incident_day       GET   302 200 200 200 200 200 200 200 403
situation:incident_report    GET   302 200 200 200 200 200 200 200 403
situation:observation        GET   302 200 200 200 200 200 200 200 403
situation:observation        POST  302 403 403 302 302 302 302 302 403
situation:add_area           POST  302 403 403 403 403 403 302 302 403
situation:end_area           POST  302 403 403 403 403 403 302 302 403
situation:correct_limit      GET   302 404 403 404 200 200 403 403 403
situation:correct_limit      POST  302 404 403 404 302 302 403 403 403
situation:kinds              GET   302 200 200 200 200 200 200 200 403
situation:kinds              POST  302 403 403 403 403 403 302 302 403
situation:kind               GET   302 403 403 403 403 403 200 200 403
situation:kind               POST  302 403 403 403 403 403 302 302 403
situation:retire_kind        POST  302 403 403 403 403 403 302 302 403
situation:reopen_kind        POST  302 403 403 403 403 403 400 400 403
situation:import_incidents   GET   302 403 403 200 200 200 200 200 403
situation:import_incidents   POST  302 403 403 422 422 422 422 422 403
situation:confirm_import     POST  302 403 403 409 409 409 409 409 403
situation:incident           GET   302 404 200 404 200 200 200 200 403
situation:correct_incident   GET   302 404 403 404 200 200 403 403 403
situation:correct_incident   POST  302 404 403 404 302 302 403 403 403
situation:share_incident     POST  302 404 403 404 302 302 403 403 403
situation:verify_incident    POST  302 404 403 404 403 403 302 302 403
situation:attribute_incident POST  302 404 403 404 403 403 422 422 403
situation:decide_remedy      POST  302 404 403 404 403 403 422 422 403
situation:merge_incident     POST  302 404 403 404 302 302 302 302 403
situation:part_incident      POST  302 404 403 404 409 409 409 409 403
situation:prove_incident     GET   302 404 404 404 404 404 404 404 403
meetings:list                GET   302 200 200 200 200 200 200 200 403
meetings:schedule            GET   302 403 403 403 403 403 403 200 403
meetings:schedule            POST  302 403 403 403 403 403 403 200 403
meetings:table_step          GET   302 403 403 403 403 403 403 200 403
meetings:table_step          POST  302 403 403 403 403 403 403 302 403
meetings:detail              GET   302 200 200 404 200 200 200 200 403
meetings:calendar            GET   302 200 200 404 200 200 200 200 403
meetings:answer              POST  302 403 403 404 302 302 302 403 403
meetings:conclusions         GET   302 404 404 404 404 404 404 404 403
meetings:pledge              GET   302 403 403 404 200 200 200 200 403
meetings:pledge              POST  302 403 403 404 200 200 200 200 403
meetings:briefing            GET   302 200 200 404 200 200 200 200 403
meetings:ask_briefing        POST  302 302 302 404 302 302 302 302 403
meetings:book                GET   302 404 404 404 302 404 404 404 403
meetings:cancel_book         POST  302 404 404 404 302 404 404 404 403
meetings:discard_book        POST  302 404 404 404 302 404 404 404 403
meetings:download_book       GET   302 404 404 404 200 404 404 404 403
meetings:outcome             GET   302 200 200 404 200 200 200 200 403
meetings:download_outcome    GET   302 200 200 404 200 200 200 200 403
meetings:needs               GET   302 200 200 404 200 200 200 200 403
meetings:put_list            GET   302 403 403 404 403 403 200 200 403
meetings:put_list            POST  302 403 403 404 403 403 302 302 403
meetings:take_list           POST  302 403 403 404 403 403 302 302 403
meetings:call                POST  302 403 403 404 403 403 302 302 403
meetings:close_need          GET   302 403 403 404 403 403 200 200 403
meetings:close_need          POST  302 403 403 404 403 403 302 302 403
meetings:edit                GET   302 403 403 404 403 403 403 200 403
meetings:edit                POST  302 403 403 404 403 403 403 200 403
meetings:cancel              POST  302 403 403 404 403 403 403 302 403
meetings:attach_text         POST  302 403 403 404 403 403 403 302 403
meetings:detach_text         POST  302 403 403 404 403 403 403 409 403
meetings:agenda              GET   302 403 403 404 403 403 403 200 403
meetings:add_item            POST  302 403 403 404 403 403 403 302 403
meetings:change_item         POST  302 403 403 404 403 403 403 302 403
meetings:move_item           POST  302 403 403 404 403 403 403 302 403
meetings:remove_item         POST  302 403 403 404 403 403 403 302 403
meetings:room                GET   302 200 200 404 200 200 200 200 403
meetings:stage               GET   302 200 200 404 200 200 200 200 403
meetings:text                GET   302 200 200 404 200 200 200 200 403
meetings:beat                POST  302 204 204 404 204 204 204 204 403
meetings:leave               POST  302 302 302 404 302 302 302 302 403
meetings:open                POST  302 403 403 404 403 403 302 302 403
meetings:close               POST  302 403 403 404 403 403 302 302 403
meetings:decide              POST  302 403 403 404 403 403 302 302 403
meetings:start_item          POST  302 403 403 404 403 403 302 302 403
meetings:end_item            POST  302 403 403 404 403 403 409 409 403
meetings:ask_floor           POST  302 403 403 404 302 302 409 403 403
meetings:withdraw_floor      POST  302 403 403 404 403 403 302 302 403
meetings:move_floor          POST  302 403 403 404 403 403 302 302 403
meetings:give_floor          POST  302 403 403 404 403 403 302 302 403
meetings:end_floor           POST  302 403 403 404 403 403 302 302 403
meetings:positions           GET   302 200 200 404 200 200 200 200 403
meetings:ask_positions       POST  302 403 403 404 403 403 302 302 403
meetings:draft_positions     POST  302 403 403 404 403 403 403 302 403
meetings:answer_position     GET   302 403 403 404 200 200 200 403 403
meetings:answer_position     POST  302 403 403 404 302 302 302 403 403
meetings:withdraw_question   POST  302 403 403 404 403 403 302 302 403
meetings:put_on_agenda       POST  302 403 403 404 403 403 403 302 403
record:show                  GET   302 200 200 200 200 200 200 200 403
record:entry                 GET   302 200 200 200 200 200 200 200 403
record:checkpoint            GET   302 200 200 200 200 200 200 200 403
record:export                GET   302 200 200 200 200 200 200 200 403
accounts:link                GET   200 200 200 200 200 200 200 200 200
accounts:use_link            POST  302 302 302 302 302 302 302 302 302
accounts:set_language        POST  302 302 302 302 302 302 302 302 302
account_login                GET   200 302 302 302 302 302 302 302 302
account_login                POST  200 302 302 302 302 302 302 302 302
account_confirm_login_code   GET   302 302 302 302 302 302 302 302 302
account_confirm_login_code   POST  302 302 302 302 302 302 302 302 302
account_request_login_code   GET   200 302 302 302 302 302 302 302 302
account_request_login_code   POST  200 302 302 302 302 302 302 302 302
mfa_login_webauthn           GET   302 302 302 302 302 302 302 302 302
mfa_login_webauthn           POST  302 302 302 302 302 302 302 302 302
mfa_authenticate             GET   302 302 302 302 302 302 302 302 302
mfa_authenticate             POST  302 302 302 302 302 302 302 302 302
mfa_reauthenticate_webauthn  GET   302 403 403 403 403 403 403 403 403
mfa_reauthenticate_webauthn  POST  302 403 403 403 403 403 403 403 403
mfa_reauthenticate           GET   302 403 403 403 403 403 403 403 403
mfa_reauthenticate           POST  302 403 403 403 403 403 403 403 403
account_reauthenticate       GET   302 403 403 403 403 403 403 403 403
account_reauthenticate       POST  302 403 403 403 403 403 403 403 403
account_logout               GET   302 200 200 200 200 200 200 200 200
account_logout               POST  302 302 302 302 302 302 302 302 302
account_inactive             GET   200 200 200 200 200 200 200 200 200
mfa_list_webauthn            GET   302 200 200 200 200 200 200 200 200
mfa_index                    GET   302 200 200 200 200 200 200 200 200
mfa_add_webauthn             GET   302 200 200 200 200 200 200 200 200
mfa_add_webauthn             POST  302 200 200 200 200 200 200 200 200
mfa_edit_webauthn            GET   302 404 404 404 404 404 404 404 404
mfa_edit_webauthn            POST  302 404 404 404 404 404 404 404 404
mfa_remove_webauthn          GET   302 404 404 404 404 404 404 404 404
mfa_remove_webauthn          POST  302 404 404 404 404 404 404 404 404
"""
ROWS: dict[tuple[str, str], list[int]] = {}
for line in TABLE.strip().splitlines():
    name, method, *statuses = line.split()
    ROWS[name, method] = [int(status) for status in statuses]


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    """Return the names of all addresses below `patterns`."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_address_is_in_the_table() -> None:
    assert {name for name, _ in ROWS} == names(get_resolver().url_patterns)


def test_columns_are_as_written() -> None:
    assert " ".join(COLUMNS) == HEADINGS


def test_every_visitor_gets_what_the_table_says() -> None:
    scene = Scene()
    assert {row: scene.walk(*row) for row in ROWS} == ROWS
