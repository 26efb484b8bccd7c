//! Means that came late, and means that bear on no task.

use std::collections::HashSet;

use super::{Collect, DayRange, GapKind};
use crate::date::PartialDate;
use crate::id::{PoolId, RowId};

/// Capabilities from decision or authorisation to arrival and completion.
///
/// What is complete has arrived: an arrival known to the year lies no later than the completion.
pub(super) fn capability_lags(to: &mut Collect<'_>) {
    for row in to.study.capabilities() {
        let Some(steps) = row.steps else { continue };
        let Some(decided) = steps.decided.or(steps.authorised) else { continue };
        if steps.arrived.is_none() && steps.complete.is_none() {
            continue;
        }
        let lag = |step: Option<PartialDate>| step.map(|step| DayRange::between(decided, step));
        let (to_arrival, to_completion) = (lag(steps.arrived), lag(steps.complete));
        let to_arrival = to_arrival.map(|lag| DayRange { most: to_completion.map_or(lag.most, |done| lag.most.min(done.most)), ..lag });
        if to_arrival.into_iter().chain(to_completion).all(|lag| lag.most == 0) {
            continue;
        }
        let kind = GapKind::CapabilityLag {
            capability: row.id.clone(),
            decided,
            arrived: steps.arrived,
            complete: steps.complete,
            to_arrival,
            to_completion,
        };
        to.add(kind, vec![RowId::from(&row.id)], &[]);
    }
}

/// Pools that no task draws on, and rows of means that name neither a pool nor a task.
pub(super) fn slack(to: &mut Collect<'_>) {
    let study = to.study;
    let drawn_on: HashSet<&PoolId> = study.tasks().iter().flat_map(|task| task.pools()).collect();
    let bears = |pool: Option<&PoolId>| pool.is_some_and(|pool| drawn_on.contains(pool));
    let mut slack: Vec<RowId> = Vec::new();
    for pool in study.pools().iter().filter(|pool| !drawn_on.contains(&pool.id)) {
        slack.push(RowId::from(&pool.id));
    }
    for row in study.resources().iter().filter(|row| row.serves.is_empty() && !bears(row.pool.as_ref())) {
        slack.push(RowId::from(&row.id));
    }
    for row in study.capabilities().iter().filter(|row| row.serves.is_empty() && !bears(row.pool.as_ref())) {
        slack.push(RowId::from(&row.id));
    }
    for row in slack {
        to.add(GapKind::Slack { row: row.clone() }, vec![row], &[]);
    }
}
