import { Type } from 'class-transformer';
import { IsInt, ValidateNested } from 'class-validator';
import { CreateUser } from './create-user';

/** A user, as a client receives it. Properties that are not listed here are never sent. */
export class UserView extends CreateUser {
  @IsInt()
  id!: number;
}

export class UserList {
  @ValidateNested({ each: true })
  @Type(() => UserView)
  items!: UserView[];

  /** How many users match, whatever the limit. */
  @IsInt()
  total!: number;
}
